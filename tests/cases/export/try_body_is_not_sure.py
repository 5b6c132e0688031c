# %%
src = {'a': 1}
a = b = 'old'

# %% [export]
try:
    a = src['a']
    b = src['b']
except KeyError:
    pass

# %%
print(a, b)

# expect: params=a, src, b
# expect: returns=a, b
# why: the body may stop anywhere
