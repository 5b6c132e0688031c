# %%
def h(x):
    return x + 1

# %% [export]
y = h(2)

# %%
print(y)

# expect: params=
# expect: returns=y
# display: none
# moved: h
# minimal
# why: h is self-contained: it moves along to the module
