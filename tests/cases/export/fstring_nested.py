# %%
name = 'a'
w = 5

# %% [export]
s = f'{name!r:>{w}}'

# %%
print(s)

# expect: params=name, w
# expect: returns=s
# display: none
# minimal
# why: name in the format spec is read too
