# %%
import pickle
from collections import namedtuple
start = 3

# %% [export]
# a point
Point = namedtuple("Point", "x y")
point = Point(start, 4)
point

# %%
print(pickle.loads(pickle.dumps(point)), point == Point(3, 4))

# expect: params=start
# moved: Point
# why: pickle finds a class by its module and name
