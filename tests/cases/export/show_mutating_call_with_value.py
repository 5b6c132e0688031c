# %%
xs = [3, 1, 2]

# %% [export]
n = len(xs)
xs.pop()

# %%
print(xs, n)

# expect: params=xs
# expect: returns=n
# minimal
# why: pop changes and shows: exactly once
