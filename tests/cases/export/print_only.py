# %%
x = 1

# %% [export]
print('x is', x)

# %%
print(x)

# expect: params=x
# expect: returns=
# display: none
# minimal
# why: side effect only, nothing to return
