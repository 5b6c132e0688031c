# %%
xs = [1, 2]

# %% [export]
sum(xs)

# %%
pass

# expect: params=xs
# minimal
# why: a cell with only a shown expression
