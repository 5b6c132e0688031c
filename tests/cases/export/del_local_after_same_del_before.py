# %%
tmp = 1
del tmp
xs = [1, 2]

# %% [export]
tmp = list(xs)
n = len(tmp)
del tmp

# %%
print(n)

# expect: params=xs
# expect: returns=n
# minimal
# why: an earlier cell made and deleted the same temporary: there is nothing to delete in the notebook
