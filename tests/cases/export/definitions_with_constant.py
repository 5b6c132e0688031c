# %%
pass

# %% [export]
LIMIT = 3
def clip(v):
    return min(v, LIMIT)

# %%
print(clip(5), LIMIT)

# why: a constant beside the function that reads it
