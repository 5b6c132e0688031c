# %%
x = 4.0

# %% [export]
if x > 0:
    import math
    y = math.sqrt(x)
else:
    y = 0.0

# %%
print(y, math.pi > 3)

# expect: params=x
# why: an import in a branch cannot be hoisted blindly, and later cells use it
