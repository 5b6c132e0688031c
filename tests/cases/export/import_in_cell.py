# %%
x = 4

# %% [export]
import math
y = math.sqrt(x)

# %%
print(math.floor(y))

# expect: params=x
# expect: returns=y
# expect: warning=any
# display: none
# minimal
# why: later cells use math: the import must also stay in the notebook
