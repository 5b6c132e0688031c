# %%
from collections import namedtuple
Point = namedtuple("Point", "x y")
def origin(x):
    return Point(x, 0)

# %% [export]
point = origin(3)

# %%
print(point, isinstance(point, Point))

# moved: Point, origin
# why: the class is made by a call, and the function needs it
