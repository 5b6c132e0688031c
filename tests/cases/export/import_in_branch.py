# %%
fast = False

# %%
if fast:
    from json import dumps as enc
else:
    from pprint import pformat as enc

# %% [export]
s = enc([1, 2])

# %%
print(s)

# expect: returns=s
# why: two imports of one name: which one holds is known at run time only
