# %%
k = 1
registry = {}
def register(f):
    registry[f.__name__] = f
    return f
@register
def scale(x):
    return 3 * x

# %% [export]
k = 5
got = registry["scale"](k)

# %%
print(k, got)

# expect: returns=k,got
# why: what the registry holds reads nothing of the notebook
