# %%
import contextlib
d = {}
got = 'old'

# %% [export]
with contextlib.suppress(KeyError):
    got = d['k']

# %%
print(got)

# expect: returns=got
# why: the context manager may swallow the error: the old value stays
