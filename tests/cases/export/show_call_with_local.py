# %%
xs = [2, 1]

# %% [export]
tmp = [x * 2 for x in xs]
sorted(tmp)

# %%
pass

# expect: params=xs
# minimal
# why: the shown call reads a local
