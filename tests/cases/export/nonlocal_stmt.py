# %%
pass

# %% [export]
def counter():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    return inc
c = counter()
v = (c(), c())

# %%
print(v)

# expect: params=
# expect: returns=v
# display: none
# minimal
# why: nonlocal is internal
