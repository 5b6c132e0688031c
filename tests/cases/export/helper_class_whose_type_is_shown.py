# %%
from dataclasses import dataclass
@dataclass
class Box:
    size: int = 2

# %% [export]
box = Box()

# %%
print(box, type(box))

# expect: params=Box
# why: a dataclass's own text does not name the module, its type does
