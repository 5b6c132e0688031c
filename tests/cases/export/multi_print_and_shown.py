# %%
xs = [3, 1]

# %% [export]
print('sorting')
ys = sorted(xs)

# %% [export]
print('counting')
len(ys)

# %%
print(ys)

# expect: params=xs
# expect: returns=ys
# why: prints in order, then the shown value
