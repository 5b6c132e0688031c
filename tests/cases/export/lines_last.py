# %%
xs = [3, 1]

# %% [export 2:3]
a = sorted(xs)
b = a[0]
b

# %%
print(b)

# expect: params=a
# expect: returns=b
# minimal
# why: the selected lines end the cell: the value is shown
