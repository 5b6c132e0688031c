# %%
x = 3

# %% [export]
y: int = x
z = y + 1

# %%
print(y, z)

# expect: params=x
# expect: returns=y, z
# why: nobody reads `__annotations__`, which the export does not fill
