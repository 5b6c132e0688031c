# %%
xs = [3, 1]

# %% [export 3:3]
def f(v):
    return v + 1
a = [f(x) for x in xs]
print(a, f(0))

# %%
print(a)

# expect: returns=a
# why: a helper of the same cell
