# %%
v = '3'

# %% [export]
try:
    n = int(v)
except ValueError:
    ok = False
else:
    ok = True
    twice = n * 2

# %%
print(ok)

# expect: params=v
# expect: returns=ok
# minimal
# why: except or else binds ok
