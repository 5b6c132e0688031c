# %%
n = 2

# %% [export]
def f():
    """Doc
of f
"""
    return '''x
y''' * n
s = f() + f.__doc__

# %%
print(s)

# expect: params=n
# expect: returns=s
# minimal
# why: docstrings and strings in inner functions
