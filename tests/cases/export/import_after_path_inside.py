# %%
import os

# %% [export]
os.makedirs("sd", exist_ok=True)
n = open("sd/zz_n.py", "w").write("Q=3")
import sys
sys.path.insert(0, "sd")
import zz_n
print(zz_n.Q)
k = 1

# %%
print(k, zz_n.Q)

# expect: returns=zz_n, k
# why: the import stays in the function, behind what makes it possible
