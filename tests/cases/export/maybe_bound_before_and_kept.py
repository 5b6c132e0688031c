# %%
flag, xs = False, []

# %%
if flag:
    last = 0

# %% [export]
for last in xs:
    print(last)

# %%
if flag:
    print(last)

# refused: maybe_unbound_before
# why: the old value of `last` is needed where the loop is empty, and there may be none
