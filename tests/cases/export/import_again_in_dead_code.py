# %%
xs = [1, 2]

# %% [export]
total = sum(xs)
import contextlib
with contextlib.suppress(KeyError):
    print(total)
if True:
    print(xs)
else:
    import contextlib

# %%
print(total)

# why: the import that never runs makes the name local to the function all the same
