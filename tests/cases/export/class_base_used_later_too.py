# %%
class Base:
    registry = []

# %% [export]
class Child(Base):
    pass
Child.registry.append('c')

# %%
print(Base.registry, issubclass(Child, Base))

# expect: params=
# why: one class object on both sides
