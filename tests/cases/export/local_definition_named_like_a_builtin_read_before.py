# %%
xs = [1, 2]

# %% [export]
total = sum(xs)
def sum(values):
    return -1
both = total, sum(xs)

# %%
print(both)

# expect: returns=both
# refused or proved
# why: the name means the builtin until it is defined
