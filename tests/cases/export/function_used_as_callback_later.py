# %%
scale = 2

# %% [export]
def f(v):
    return v * scale
ys = [f(1)]

# %%
print(list(map(f, [1, 2])), ys)

# refused or proved
# why: f reads data of the notebook and is used later
