# %%
import math

# %%
%%writefile helper_m.py
def f(x): return x+1

# %%
from helper_m import f

# %% [export]
v = f(2)
print(v)

# %%
print(v)

# why: the import of the new module stands below the cell in which helper_m becomes possible
