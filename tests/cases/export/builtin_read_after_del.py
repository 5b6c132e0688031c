# %%
e = 1

# %%
id = i = e

# %% [export]
while 2:
    del id
    if id:
        break

# refused: maybe_deleted
# why: once the name is deleted it means the builtin again, which a function does not see
