# %%
from enum import Enum
class Color(Enum):
    RED = 1
Enum_ = Color

# %% [export]
RED = Enum_(1)
total = RED.value + 1

# %%
print(RED, total)

# expect: returns=RED, total
# why: a call with one argument looks a member up
