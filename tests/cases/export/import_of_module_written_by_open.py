# %%
import math

# %%
with open("gen_m.py", "w") as f:
    n = f.write("Q=4")

# %%
import gen_m

# %% [export]
v = gen_m.Q
print(v)

# %%
print(v)

# why: a name that ends in .py is a sign that modules are written
