# %%
total = 0

# %%
def twice(function):
    def wrapper(v, *rest):
        return v + total
    return wrapper
m = 1
@twice
def h(v, *rest):
    pass

# %% [export]
for row in range(2):
    total += h(m)
total

# %%
def h(x, **more):
    pass

# refused: late_binding
# why: the wrapper that the decorator made reads `total` of the notebook, which is bound here
