# %%
registry = {}
def register(fn):
    registry[fn.__name__] = fn
    return fn

# %% [export]
@register
def job():
    return 5
n = registry['job']()

# %%
print(n, sorted(registry))

# refused or proved
# why: the decorator writes into data of the notebook
