# %%
x = 1

# %% [export]
y = x + 1
'done'

# %%
print(y)

# expect: params=x
# expect: returns=y
# minimal
# why: a string at the end is shown, it is no docstring
