# %%
xs = [1, 5, 9]

# %% [export]
if (n := len(xs)) > 2:
    msg = 'big'
else:
    msg = 'small'

# %%
print(n, msg)

# expect: params=xs
# expect: returns=n, msg
# display: none
# minimal
# why: walrus binds in the cell
