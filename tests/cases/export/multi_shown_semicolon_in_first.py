# %%
xs = [3, 1]

# %% [export]
ys = sorted(xs)
ys;

# %% [export]
n = len(ys)
n

# %%
print(n, ys)

# expect: params=xs
# expect: returns=ys, n
# why: the first cell shows nothing
