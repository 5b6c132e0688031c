# %%
start = 3

# %% [export]
from dataclasses import dataclass
@dataclass
class Point:
    x: int = start
point = Point()

# %%
point

# refused: local_definition
# why: it reads `start` when it is defined, so it cannot stand at the top level, and inside it shows another name
