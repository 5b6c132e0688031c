# %%
src = (3, 1, 2)

# %% [export]
z, a, m = src
b = z

# %%
print(a, b, z, m)

# expect: params=src
# expect: returns=z, a, m, b
# minimal
# why: order of first appearance, not of the alphabet
