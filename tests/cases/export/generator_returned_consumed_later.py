# %%
k = 2
xs = [1, 2]

# %% [export]
g = (x * k for x in xs)

# %%
print(list(g), k)

# expect: params=k, xs
# expect: returns=g
# why: nothing rebinds k
