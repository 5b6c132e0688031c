# %%
pass

# %% [export]
fs = [lambda: i for i in range(3)]

# %%
print([f() for f in fs])

# expect: params=
# expect: returns=fs
# display: none
# minimal
# why: late binding stays inside the comprehension
