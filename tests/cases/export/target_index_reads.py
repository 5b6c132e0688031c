# %%
xs = [0, 0]
i = 1
v = 7

# %% [export]
xs[i] = v

# %%
print(xs)

# expect: params=xs, i, v
# expect: returns=
# minimal
# why: the index in a target is read
