# %%
a, zs = 1, [7, 8]

# %% [export]
del a
zs.pop(0)

# %%
print(zs)

# why: the notebook deletes `a` after the call, and still shows the value
