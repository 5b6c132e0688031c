# %%
d = {'a': 1}

# %% [export]
d['b'] = 2

# %%
print(d)

# expect: params=d
# expect: returns=
# expect: warning=any
# display: none
# minimal
# why: mutates the argument in place
