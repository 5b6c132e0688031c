# %%
d = {}

# %% [export]
k = 'a'
d.setdefault(k, []).append(1)

# %%
print(d)

# expect: params=d
# why: shows None, changes the argument
