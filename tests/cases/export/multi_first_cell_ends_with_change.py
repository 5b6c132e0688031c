# %%
xs = [3, 1]
a = 2

# %% [export]
xs.sort()

# %% [export]
a += a * 2

# %%
print(a, xs)

# expect: params=xs, a
# expect: returns=a
# minimal
# why: a change in place ends the first of two cells
