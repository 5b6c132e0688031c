# %%
xs = [1, 2]

# %% [export]
tmp = list(xs)
assert tmp, 'empty'
del tmp[0]
n = len(tmp)

# %%
print(n, xs)

# expect: params=xs
# expect: returns=n
# minimal
# why: deleting an item is no deleting of a name
