# %%
x = 4

# %% [export]
y = x + 1

# %% [export]
import math
z = math.sqrt(y)

# %%
print(z, math.floor(z))

# expect: params=x
# expect: returns=z
# why: an import in the second cell
