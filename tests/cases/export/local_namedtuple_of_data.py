# %%
from collections import namedtuple
fields = "x y"

# %% [export]
Point = namedtuple("Point", fields)
point = Point(1, 2)

# %%
print(point)

# refused: local_definition
# why: the class is made of data of the notebook, and its objects leave the function
