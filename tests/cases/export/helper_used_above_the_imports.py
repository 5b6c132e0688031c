# %%
def double(v):
    return v * 2

# %%
first = double(4)
import math

# %% [export]
second = math.floor(double(first) / 3)

# %%
print(first, second, double(1))

# moved: double
# why: the import of the moved helper must stand above its first use, not below the notebook's first import
