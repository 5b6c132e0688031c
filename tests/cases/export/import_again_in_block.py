# %%
xs = [1, 2]

# %% [export]
total = sum(xs)
import contextlib
with contextlib.suppress(KeyError):
    import contextlib
    print(total)

# %%
print(total)

# expect: params=xs
# why: an import further in makes the name local to the function, so the first one must stay inside
