# %%
xs = [2, 1]

# %% [export]
xs.sort()

# %%
print(xs)

# expect: params=xs
# expect: returns=
# minimal
# why: a cell with only an effect
