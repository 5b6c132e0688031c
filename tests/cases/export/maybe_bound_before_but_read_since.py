# %%
flag, xs = True, [1, 2]

# %%
if flag:
    extra = 3

# %%
print(extra)

# %% [export]
total = sum(xs)
if flag:
    total += extra

# %%
print(total)

# expect: params=xs, flag, extra
# why: the cell before reads `extra`, so it is bound
