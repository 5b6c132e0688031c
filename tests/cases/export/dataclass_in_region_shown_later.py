# %%
start = 3

# %% [export]
from dataclasses import dataclass
@dataclass
class Point:
    x: int = 1
point = Point(start)

# %%
point

# moved: Point
# why: inside the function it would show itself as `make_point.<locals>.Point(x=3)`
