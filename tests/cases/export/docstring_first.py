# %%
x = 1

# %% [export]
"""Add one."""
y = x + 1

# %%
print(y)

# expect: params=x
# expect: returns=y
# display: none
# minimal
# why: leading string becomes the docstring
