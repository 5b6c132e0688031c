# %%
json = 'text'

# %%
import json
x = [1]

# %% [export]
s = json.dumps(x)

# %%
print(s)

# expect: returns=s
# why: the later binding, the import, holds
