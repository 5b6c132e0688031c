# %%
x = 4

# %% [export]
from math import *
y = sqrt(x)

# %%
print(y)

# refused: any
# why: import * is a SyntaxError inside a function and hides names (a naive function would take x, sqrt and return y, and change behaviour)
