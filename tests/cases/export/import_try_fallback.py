# %%
try:
    import nothing_like_this as js
except ImportError:
    import json as js

# %% [export]
s = js.dumps({'a': 1})

# %%
print(s)

# expect: returns=s
# why: the fallback is what holds
