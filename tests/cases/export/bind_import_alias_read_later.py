# %%
x = 2.0

# %% [export]
import math as m, os.path as p
y = m.sqrt(x)

# %%
print(m.floor(y), p.basename('/a/b'))

# expect: params=x
# expect: returns=y
# why: both aliases stay in the notebook
