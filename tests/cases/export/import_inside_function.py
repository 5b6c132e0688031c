# %%
x = 9.0

# %% [export]
def root(v):
    from math import sqrt
    return sqrt(v)
y = root(x)

# %%
print(y)

# expect: params=x
# expect: returns=y
# minimal
# why: an import in a function is local to it
