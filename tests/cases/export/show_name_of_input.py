# %%
xs = [1, 2]

# %% [export]
ys = xs + [3]
xs

# %%
print(ys)

# expect: returns=ys
# why: the shown name is an input; it need not be a parameter
