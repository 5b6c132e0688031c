# %%
big = [1, 2, 3]

# %% [export]
n = len(big)
del big

# %%
print(n, 'big' in dir())

# refused or proved
# why: the name must be gone from the notebook too
