# %%
xs = [4, 9]

# %% [export 2:2]
import math
rs = [math.sqrt(x) for x in xs]
print(math.floor(rs[0]))

# %%
print(rs)

# expect: params=xs
# expect: returns=rs
# minimal
# why: the import stands in the same cell, before
