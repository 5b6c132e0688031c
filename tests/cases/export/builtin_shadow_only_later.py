# %%
xs = [1, 2]

# %% [export]
n = len(xs)

# %%
len = 5
print(n, len)

# expect: params=xs
# expect: returns=n
# minimal
# why: a later rebinding does not count
