# %%
x = 2.0

# %% [export]
y = math.sqrt(x)

# %%
import math
print(y)

# refused or proved
# why: run from top to bottom the original fails with NameError
