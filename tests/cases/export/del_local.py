# %%
xs = [1, 2]

# %% [export]
tmp = [x + 1 for x in xs]
s = sum(tmp)
del tmp

# %%
print(s)

# expect: params=xs
# expect: returns=s
# display: none
# minimal
# why: del of a cell-local temporary
