# %%
flag, xs = False, [1, 2]

# %%
if flag:
    extra = 3

# %% [export]
total = sum(xs)
if flag:
    total += extra

# %%
print(total)

# refused: maybe_unbound_before
# why: `extra` is unbound here, and the code does not read it; passing it would be a NameError
