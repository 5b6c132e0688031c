# %%
xs = [3, 1]

# %% [export 2:3]
n = 2
a = sorted(xs)
b = a * n
b

# %%
print(n)

# expect: params=xs, n
# expect: returns=b
# minimal
# why: the shown expression stays in the rest of the cell
