# %%
total = 0
def add(v):
    global total
    total += v
handlers = {"add": add}

# %% [export]
total = 10
handlers["add"](5)
print(total)

# %%
print(total)

# refused: late_binding
# why: the callback binds the notebook's `total`, not the one of the function
