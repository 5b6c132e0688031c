# %%
x = 3

# %% [export]
y: int = x
z = y + 1

# %%
print(z, __annotations__["y"])

# refused: module_dunder
# why: a variable of a function is not in the notebook's `__annotations__`
