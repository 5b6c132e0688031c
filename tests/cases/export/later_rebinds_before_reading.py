# %%
xs = [1, 2]

# %% [export]
tmp = xs[0]
y = tmp + 1

# %%
tmp = 'new'
print(tmp, y)

# expect: params=xs
# expect: returns=y
# minimal
# why: the later cell binds tmp itself before it reads it
