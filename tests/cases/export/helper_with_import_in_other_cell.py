# %%
import math

# %%
def area(r):
    return math.pi * r ** 2

# %% [export]
a = area(2)

# %%
print(round(a, 3), round(area(1), 2))

# expect: returns=a
# moved: area
# minimal
# why: the helper's imports go along
