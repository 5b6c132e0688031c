# %%
xs = [1, 2]

# %% [export]
(n := len(xs))

# %%
print(n)

# expect: params=xs
# expect: returns=n
# why: a walrus is shown and binds
