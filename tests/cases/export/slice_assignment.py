# %%
xs = [1, 2, 3]
n = 1

# %% [export]
xs[n:] = [9]
ys = xs[::-1]

# %%
print(xs, ys)

# expect: params=xs, n
# expect: returns=ys
# expect: warning=mutates_argument
# minimal
# why: slices in targets
