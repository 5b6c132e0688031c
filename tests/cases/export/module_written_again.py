# %%
import sys
sys.path.insert(0, ".")
n = open("conf_m.py", "w").write("K=1")

# %%
import conf_m, os
b = 1

# %% [export]
c = b + 1
print(c)

# %%
n = open("conf_m.py", "w").write("K=22")
os.utime("conf_m.py", (2e9, 2e9))

# %%
print(conf_m.K, c)

# why: only the new module is reloaded when its file changes
