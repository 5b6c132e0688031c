# %%
flag, xs = False, [1, 2]
if flag:
    t = 0

# %% [export]
t = sum(xs)
print(t)
del t

# %%
print(xs)

# why: `del t` in the notebook would fail, and nobody reads `t` afterwards
