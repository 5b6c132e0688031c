# %%
from math import e

# %%
e = 2

# %% [export]
y = e * 10

# %%
print(y)

# expect: params=e
# expect: returns=y
# minimal
# why: data rebinds the imported name, so it is a parameter
