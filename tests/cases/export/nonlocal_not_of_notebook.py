# %%
x = 3

# %% [export]
def outer():
    n = x
    def inner():
        nonlocal n
        n += 1
        return n
    return inner() + n
v = outer()

# %%
print(v, x)

# expect: params=x
# expect: returns=v
# minimal
# why: nonlocal within the code
