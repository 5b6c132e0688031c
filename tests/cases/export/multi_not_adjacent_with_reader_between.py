# %%
xs = [3, 1]

# %% [export]
a = xs[0]

# %%
xs.append(a)

# %% [export]
b = len(xs)

# %%
print(a, b)

# refused or proved
# why: the cell between must run between
