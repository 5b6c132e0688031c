# %%
x = 1

# %% [export]
import math
y = math.exp(x)

# %%
def later(v):
    return math.log(v)
print(round(later(y), 6))

# expect: params=x
# expect: returns=y
# why: a later function reads the module at the top of the notebook
