# %%
k = 'a'
v = [1]
more = {'z': 0}

# %% [export]
d = {k: v, **more, 'n': {*v, 2}}

# %%
print(d)

# expect: params=k, v, more
# expect: returns=d
# minimal
# why: all places of a display are read
