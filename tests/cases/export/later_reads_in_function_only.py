# %%
x = 1

# %% [export]
k = x + 1

# %%
def use():
    return k

# %%
print(use())

# expect: params=x
# expect: returns=k
# minimal
# why: a later function reads k
