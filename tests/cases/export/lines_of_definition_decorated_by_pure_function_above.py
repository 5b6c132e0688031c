# %% [export 4:6]
a = 1
def logged(function):
    return function
@logged
def h(x):
    return x

# %%
print(h(2), a)

# moved: logged, h
# why: the decorator stands in the same cell, above the lines; in the module it must stand above too
