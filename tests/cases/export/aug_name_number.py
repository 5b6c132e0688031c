# %%
n = 3
m = n

# %% [export]
n *= 2

# %%
print(n, m)

# expect: params=n
# expect: returns=n
# minimal
# why: read and bound
