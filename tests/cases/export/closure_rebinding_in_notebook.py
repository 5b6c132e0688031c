# %%
pass

# %% [export]
items = []
def add(v):
    items.append(v)
add(0)

# %%
items = ['new']
add(1)
print(items)

# refused: any
# why: add must see the new list
