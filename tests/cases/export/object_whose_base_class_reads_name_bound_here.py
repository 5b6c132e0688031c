# %%
total = 1
class Base:
    def get(self):
        return total
class Child(Base):
    pass
child = Child()

# %% [export]
total = 5
found = child.get()

# %%
print(found, total)

# refused: late_binding
# why: the method of the base class reads `total` of the notebook, which is bound here
