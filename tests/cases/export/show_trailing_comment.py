# %%
xs = [2, 1]

# %% [export]
ys = sorted(xs)
ys  # look at it

# %%
print(ys)

# expect: params=xs
# expect: returns=ys
# minimal
# why: a comment after the shown expression
