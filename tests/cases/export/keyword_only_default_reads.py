# %%
n = 4

# %% [export]
def g(a, *, m=n):
    return a * m
v = g(2)

# %%
print(v)

# expect: params=n
# expect: returns=v
# minimal
# why: keyword-only defaults are read at the definition
