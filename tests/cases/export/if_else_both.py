# %%
flag = False

# %% [export]
if flag:
    z = 1
else:
    z = 2

# %%
print(z)

# expect: params=flag
# expect: returns=z
# display: none
# minimal
# why: bound on every path
