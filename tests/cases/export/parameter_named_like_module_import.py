# %%
import math
def area(math):
    return math * 2
r = 2

# %% [export]
a = area(r) + math.floor(2.5)

# %%
print(a)

# expect: params=r
# expect: returns=a
# minimal
# why: a parameter hides the module inside the helper only
