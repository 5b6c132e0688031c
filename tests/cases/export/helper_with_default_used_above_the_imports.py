# %%
"""Notes."""
x = 1
def double(v, times=2):
    return v * times
print(double(x))

# %%
import math

# %% [export]
y = math.floor(double(x) / 3)

# %%
print(y)

# moved: double
# why: the use stands in the cell of the definition
