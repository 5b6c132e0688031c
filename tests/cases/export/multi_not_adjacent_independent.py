# %%
xs = [3, 1]

# %% [export]
a = xs[0]

# %%
print('unrelated')

# %% [export]
b = a + 1

# %%
print(a, b)

# refused or proved
# why: the cell between has nothing to do with it
