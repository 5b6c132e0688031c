# %%
class Meta(type):
    def __new__(m, n, b, d):
        d['tag'] = n.lower()
        return super().__new__(m, n, b, d)

# %% [export]
class Thing(metaclass=Meta):
    pass
t = Thing.tag

# %%
print(t)

# expect: returns=t
# moved: Meta, Thing
# why: class keywords are read
