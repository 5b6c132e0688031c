# %%
n = 4
k = 2

# %% [export]
def g(a, *, n=3, **k):
    return a * n + len(k)
v = g(2, n=5, z=1)

# %%
print(v, n, k)

# expect: params=
# expect: returns=v
# minimal
# why: parameters of inner functions are their own
