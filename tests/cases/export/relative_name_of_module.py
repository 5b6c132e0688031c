# %%
proved_module = 3

# %% [export]
y = proved_module + 1

# %%
print(y)

# expect: params=proved_module
# expect: returns=y
# why: data that has the name of the module we write to
