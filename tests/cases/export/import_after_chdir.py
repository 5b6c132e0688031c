# %%
import os
os.makedirs("sub", exist_ok=True)
n = open("sub/zz_m.py", "w").write("Q=3")

# %%
os.chdir("sub")

# %%
import sys
sys.path.insert(0, ".")
from zz_m import Q

# %% [export]
v = Q
print(v)

# %%
print(v)
os.chdir("..")

# why: the folder and the path are changed before the import
