# %%
xs = [3, 1]

# %% [export 1:2]
a = sorted(xs)
b = a[0]
c = b + len(a)
print(c)

# %%
print(c)

# expect: params=xs
# expect: returns=a, b
# minimal
# why: the rest of the same cell reads a and b
