# %%
from dataclasses import dataclass, field
@dataclass(order=True)
class Item:
    price: float
    tags: list = field(default_factory=list)

# %% [export]
items = [Item(2.0), Item(1.0, ['x'])]
cheapest = min(items)

# %%
print(cheapest, len(items), Item(5.0))

# expect: params=
# expect: returns=items, cheapest
# minimal
# why: a data class moves with its imports
