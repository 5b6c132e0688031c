# %% [export 2:3]
1
def f(v):
    return v

# %%
print(f(2))

# why: the cell must not begin to show the 1
