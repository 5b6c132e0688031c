# %%
from collections import namedtuple
Point = namedtuple('Point', 'x y')

# %% [export]
p = Point(1, 2)
d = p.x + p.y

# %%
print(p, d)

# expect: params=Point
# expect: returns=p, d
# minimal
# why: a class made by a call is data
