# %%
import math
xs = [3, 1]

# %% [export]
a = [math.sqrt(x) for x in xs]

# %% [export]
b = sum(a)
c = b / len(a)

# %% [export]
d = {'mean': c}

# %%
print(d, b)

# expect: params=xs
# expect: returns=b, d
# minimal
# why: three cells in a row
