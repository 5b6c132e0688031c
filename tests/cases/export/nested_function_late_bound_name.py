# %%
base = 10

# %% [export]
def f():
    return offset + base
offset = 5
v = f()

# %%
print(v)

# expect: params=base
# expect: returns=v
# minimal
# why: the inner function reads a name that is bound after it
