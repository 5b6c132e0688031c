# %%
k = 2

# %% [export]
def scale(v):
    return v * k

# %%
print(scale(3))

# refused or proved
# why: the definition reads data
