# %%
x = 1
def set_x(v):
    globals()["x"] = v

# %% [export]
set_x(5)
print(x)

# %%
print(x)

# refused: late_binding
# why: `set_x` binds the notebook's `x`
