# %%
class Base:
    def __init_subclass__(cls):
        print("new", cls.__name__)
class Child(Base):
    size = 2

# %% [export]
size = Child.size

# %%
print(size)

# expect: params=Child
# expect: warning=definition_passed
# why: what the base prints belongs to the cell above
