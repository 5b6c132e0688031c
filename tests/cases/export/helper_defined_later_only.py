# %%
x = 1

# %% [export]
def use(v):
    return inner(v) + 1

# %%
def inner(v):
    return v * 2
print(use(x))

# refused or proved
# why: late-bound helper
