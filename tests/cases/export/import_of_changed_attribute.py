# %%
import numpy as conf

# %%
conf.K = 7

# %%
from numpy import K

# %% [export]
v = K + 1
print(v)

# %%
print(v)

# why: the attribute is there only after a cell has set it
