# %%
axis = 1
d = {'k': 2}

# %% [export]
r = dict(axis=3, **d)

# %%
print(r, axis)

# expect: params=d
# expect: returns=r
# display: none
# minimal
# why: axis= is a keyword, not a read of the global axis (jedi 0.20.1 makes such names parameters)
