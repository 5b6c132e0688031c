# %%
src = {'a': 1}

# %% [export]
try:
    a = src['a']
    b = src['b']
except KeyError:
    b = None

# %%
print(a, b)

# expect: params=src
# expect: returns=a, b
# why: a is bound only when the first line succeeds
