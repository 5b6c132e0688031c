# %%
start = 3

# %% [export]
step = start + 1
class Box:
    size = step
total = Box().size + Box.size

# %%
print(total)

# expect: params=start
# expect: returns=total
# moved:
# why: neither the class nor an object of it leaves the function
