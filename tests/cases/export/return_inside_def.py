# %%
xs = [1, 2]

# %% [export]
def twice(v):
    if v > 1:
        return v * 2
    return v
ys = [twice(x) for x in xs]

# %%
print(ys)

# expect: params=xs
# expect: returns=ys
# display: none
# minimal
# why: returns belong to the inner def (jedi 0.20.1 refuses)
