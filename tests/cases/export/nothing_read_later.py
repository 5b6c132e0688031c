# %%
xs = [1, 2]

# %% [export]
n = len(xs)
m = n + 1

# expect: params=xs
# expect: returns=n, m
# expect: warning=any
# why: nothing is read later: the bound names are returned, with a warning
