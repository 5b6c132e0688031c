# %%
from os import path
from collections import abc as shapes
p = '/tmp/x.txt'

# %% [export]
stem = path.splitext(path.basename(p))[0]
ok = isinstance([], shapes.Sequence)

# %%
print(stem, ok)

# expect: params=p
# expect: returns=stem, ok
# minimal
# why: from-imports of modules
