# %%
xs = [3, 1]

# %% [export]
ys = sorted(xs)
ys

# %% [export]
n = len(ys)
n

# %%
print(n)

# expect: params=xs
# why: the first cell's shown value must still be shown
