# %%
def sum(xs):
    return 'mine'

# %% [export]
r = sum([1, 2])

# %%
print(r)

# expect: returns=r
# why: a function of the notebook hides the builtin
