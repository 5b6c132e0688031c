# %%
class Base:
    def hi(self):
        return 'hi ' + self.name

# %% [export]
class Child(Base):
    name = 'c'
s = Child().hi()

# %%
print(s)

# expect: params=
# expect: returns=s
# moved: Base, Child
# minimal
# why: the base class moves along
