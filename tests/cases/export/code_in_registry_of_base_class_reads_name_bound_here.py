# %%
k = 1
registry = {}
class Base:
    def __init_subclass__(cls):
        registry[cls.__name__] = cls
class Part(Base):
    def get(self):
        return k

# %% [export]
k = 5
print(registry["Part"]().get())

# %%
print(k)

# refused: late_binding
# why: the registry holds a class whose method reads the notebook's `k`
