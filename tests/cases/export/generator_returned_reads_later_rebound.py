# %%
k = 2
xs = [1, 2]

# %% [export]
g = (x * k for x in xs)

# %%
k = 50
print(list(g))

# refused: any
# why: the generator body runs after k is rebound
