# %%
import json as data
x = [1]

# %% [export]
s = data.dumps(x)

# %%
data = {'k': s}
print(data)

# expect: params=x
# expect: returns=s
# minimal
# why: at the cell the name is still the module
