# %%
a, b = 1, 2

# %% [export]
a, b = b, a

# %%
print(a, b)

# expect: params=a, b
# expect: returns=a, b
# minimal
# why: both are read and bound; order of first appearance
