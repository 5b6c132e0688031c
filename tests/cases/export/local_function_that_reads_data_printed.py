# %%
start = 3

# %% [export]
step = start + 1
def add(x):
    return x + step
print(add)

# %%
print(add(1))

# refused: local_definition
# why: `<function make_add.<locals>.add at ...>` is not what the notebook showed
