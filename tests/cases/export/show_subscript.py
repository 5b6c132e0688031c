# %%
d = {'k': [1, 2]}

# %% [export]
key = 'k'
d[key]

# %%
print(d)

# why: subscript shown
