# %%
a, b = 1, 6

# %% [export]
def g(x):
    return x

# %% [export]
class Box:
    size = 2
[a, b, Box.size]

# %%
print(g(a))

# display: keep
# why: the shown value of the last cell stays the last one
