# %%
def deco(fn):
    def w(*a):
        return fn(*a) + 1
    return w

# %% [export]
@deco
def g(x):
    return x
v = g(1)

# %%
print(v)

# expect: params=
# expect: returns=v
# display: none
# moved: deco, g
# minimal
# why: decorator is a notebook function: moves along
