# %%
xs = [1]

# %% [export]
tmp = list(xs)
n = len(tmp)

# %%
del tmp
print(n)

# expect: params=xs
# expect: returns=tmp, n
# why: deleting needs the name
