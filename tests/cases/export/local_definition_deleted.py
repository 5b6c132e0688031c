# %%
start = 3

# %% [export]
def double(x):
    return 2 * x
six = double(start)
del double

# %%
print(six)

# expect: params=start
# moved:
# why: at the top level of the module there would be nothing to delete
