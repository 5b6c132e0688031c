# %%
a, b, c = 1, 6, 2

# %% [export]
def h(v):
    return h(v)
def f(a, *, w=b):
    return h(1)

# %%
h = lambda a: a
f(c)

# %%
print(bool(h))

# refused: late_binding
# why: `f` calls the later `h`; that `h` also calls itself does not matter
