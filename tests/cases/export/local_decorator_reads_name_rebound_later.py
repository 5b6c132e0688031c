# %%
a, b = 3, 5

# %% [export]
def logged(function):
    def wrapper(v, *rest):
        return a
    return wrapper
@logged
def g(a, w=1, *rest):
    pass

# %%
match abs:
    case 1 | 3:
        pass
    case a:
        pass
g(0)

# refused: late_binding
# why: the wrapper that the decorator made must see the later `a`
