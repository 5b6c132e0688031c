# %%
xs = [1, 2]

# %% [export]
a = b = xs
c, *d = e = list(xs)

# %%
print(a is b, c, d, e, a is xs)

# expect: params=xs
# expect: returns=a, b, c, d, e
# minimal
# why: chained assignment
