# %%
xs = [2, 1]

# %% [export]
ys = sorted(xs)
ys

# %%
print(ys)

# expect: params=xs
# expect: returns=ys
# display: keep
# minimal
# why: the name is returned anyway
