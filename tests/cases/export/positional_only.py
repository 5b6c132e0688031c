# %%
z = 3

# %% [export]
def g(x, /, y=z):
    return x + y
v = g(1)

# %%
print(v)

# expect: params=z
# expect: returns=v
# minimal
# why: positional-only arguments
