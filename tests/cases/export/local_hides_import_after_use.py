# %%
import math
x = 2

# %% [export]
y = math.floor(x + 0.5)
math = y
z = math + 1

# %%
print(z)

# expect: returns=z
# why: the module is read, then its name is bound: UnboundLocalError in a naive function
