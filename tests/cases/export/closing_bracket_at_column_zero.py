# %%
xs = [1, 2]

# %% [export]
cfg = {
'a': xs,
'b': [
1,
],
}

# %%
print(cfg)

# expect: params=xs
# expect: returns=cfg
# minimal
# why: continued lines at column zero
