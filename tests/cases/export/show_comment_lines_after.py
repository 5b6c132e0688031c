# %%
xs = [2, 1]

# %% [export]
ys = sorted(xs)
ys[0]
# that was the smallest
# really

# %%
print(ys)

# expect: params=xs
# expect: returns=ys
# minimal
# why: comment lines after the shown expression
