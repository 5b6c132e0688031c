# %%
k = 1
registry = {}
def register(f):
    registry[f.__name__] = f
    return f
@register
def scale(x):
    return k * x

# %% [export]
k = 5
print(registry["scale"](2))

# %%
print(k)

# refused: late_binding
# why: the registry holds code that reads the notebook's `k`
