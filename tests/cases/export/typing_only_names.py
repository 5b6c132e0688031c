# %%
from typing import List
x = [1]

# %% [export]
def f(v: List[int]) -> 'List[int]':
    return v * 2
y = f(x)

# %%
print(y)

# expect: params=x
# expect: returns=y
# minimal
# why: annotations are evaluated and need their import
