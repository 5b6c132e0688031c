# %%
xs = [1, 2]

# %% [export]
try:
    seen
except NameError:
    seen = xs

# %%
print(seen)
seen = 1

# refused or proved
# why: a read that is guarded by `try` does not show that the name is bound
