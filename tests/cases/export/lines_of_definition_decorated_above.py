# %% [export 6:8]
a = 1
def logged(function):
    def wrapper(v):
        return function(v) + a
    return function
@logged
def h(x):
    return x

# %%
print(h(2))

# refused or proved
# why: the decorator stands in the same cell, above the lines; in the module it must stand above too
