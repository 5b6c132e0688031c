# %%
max = 5
del max

# %% [export]
m = max([1, 2])

# %%
print(m)

# expect: returns=m
# why: after del the builtin is visible again
