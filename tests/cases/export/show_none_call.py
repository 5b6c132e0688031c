# %%
xs = [2, 1]

# %% [export]
n = len(xs)
xs.sort()

# %%
print(xs, n)

# expect: params=xs
# expect: returns=n
# minimal
# why: a call whose value is None shows nothing
