# %%
x = 1

# %% [export]
y = (x, __doc__)

# %%
print(y[0])

# refused or proved
# why: module attributes differ
