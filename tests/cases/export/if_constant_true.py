# %%
x = 1

# %% [export]
if True:
    y = x + 1

# %%
print(y)

# expect: params=x
# expect: returns=y
# why: a constant test
