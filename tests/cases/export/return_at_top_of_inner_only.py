# %%
xs = [1]

# %% [export]
def f(v):
    yield v
    return
ys = list(f(xs))

# %%
print(ys)

# expect: params=xs
# expect: returns=ys
# minimal
# why: yield and return of an inner function
