# %%
k = 2

# %% [export]
f = lambda v, k=k: v * k
y = f(3)

# %%
k = 9
print(f(3), y)

# expect: params=k
# expect: returns=f, y
# minimal
# why: the default is read at the definition: a later k does not matter
