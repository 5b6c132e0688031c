# %%
xs = [2, 1]

# %% [export]
ys = sorted(xs); ys

# %%
print(ys)

# expect: params=xs
# expect: returns=ys
# why: the shown expression stands on the line of another statement
