# %%
def key(p):
    return -p
xs = [1, 3, 2]

# %% [export]
ys = sorted(xs, key=key)

# %%
print(ys)

# expect: params=xs
# expect: returns=ys
# moved: key
# minimal
# why: the value key is the notebook's function, the keyword is not
