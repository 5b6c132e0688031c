# %%
xs, flag = [1, 3], False

# %% [export]
total = sum(xs)
if flag:
    max = 7

# %%
print(total, max(xs))

# why: where the branch is not taken, `max` is still the builtin, not None
