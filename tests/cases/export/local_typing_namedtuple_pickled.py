# %%
import pickle, typing
start = 3

# %% [export]
Point = typing.NamedTuple("Point", [("x", int), ("y", int)])
class Named(typing.NamedTuple):
    x: int
points = [Point(start, 4), Named(start)]

# %%
print(pickle.loads(pickle.dumps(points)))

# expect: params=start
# moved: Point, Named
# why: both forms of NamedTuple
