# %%
import math
x = 4

# %% [export]
y = math.sqrt(x)

# %%
math = 'gone'
print(y, math)

# expect: params=x
# expect: returns=y
# minimal
# why: the module keeps its own import
