# %%
xs = [3, 1]

# %% [export]
ys = sorted(xs)
print('sorted', ys)

# %% [export]
n = len(ys)

# %%
print(n)

# expect: params=xs
# expect: returns=n
# minimal
# why: a call that shows nothing by itself ends the first of two cells
