# %%
def h1(x):
    return h2(x) + 1
def h2(x):
    return h3(x) * 2

# %%
def h3(x):
    return x - 1

# %% [export]
y = h1(5)

# %%
print(y, h2(1))

# expect: params=
# expect: returns=y
# minimal
# why: the whole chain moves along
