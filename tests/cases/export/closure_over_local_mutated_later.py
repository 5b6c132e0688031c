# %%
pass

# %% [export]
items = []
def add(v):
    items.append(v)
    return len(items)

# %%
add(1)
items.append(5)
print(add(2), items)

# expect: params=
# expect: returns=items, add
# why: the returned function and the returned list share one object
