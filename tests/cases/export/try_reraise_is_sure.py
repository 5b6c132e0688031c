# %%
v = '3'

# %% [export]
try:
    n = int(v)
except ValueError:
    raise RuntimeError('bad')

# %%
print(n)

# expect: params=v
# expect: returns=n
# minimal
# why: the handler never comes to the end, so n is bound
