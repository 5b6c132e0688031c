# %%
from dataclasses import dataclass
@dataclass
class Point:
    x: int
    y: int
p = Point(1, 2)

# %% [export]
match p:
    case Point(x=0):
        where = 'axis'
    case Point(x=a, y=b) if a < b:
        where = f'{a}<{b}'
    case _:
        where = 'else'

# %%
print(where, isinstance(p, Point))

# expect: returns=where
# why: the class in the pattern is read
