# %%
x = 1

# %% [export]
from __future__ import annotations
y = x + 1

# %%
print(y)

# expect: params=x
# expect: returns=y
# expect: warning=any
# display: none
# minimal
# why: __future__ import must be hoisted to the top of the module
