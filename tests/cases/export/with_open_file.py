# %%
import os, tempfile
path = os.path.join(tempfile.mkdtemp(), 'f.txt')

# %% [export]
with open(path, 'w') as fh:
    n = fh.write('abc')
with open(path) as fh:
    text = fh.read()

# %%
print(n, text, os.path.exists(path), fh.closed)

# expect: params=path
# expect: returns=fh, n, text
# minimal
# why: the file object is read later
