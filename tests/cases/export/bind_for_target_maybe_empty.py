# %%
rows = []
key = 'none'

# %% [export]
for key in rows:
    pass

# %%
print(key)

# expect: params=key, rows
# expect: returns=key
# why: an empty loop binds nothing: the old key must come in and go out
