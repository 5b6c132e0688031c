# %%
import math

# %%
!echo "Q=4" > gen_n.py

# %% [export]
v = 1
import gen_n
v = gen_n.Q
print(v)

# %%
print(v, gen_n.Q)

# why: the import goes to the exported cell itself
