# %%
import pickle
from enum import Enum, auto
start = "RED"

# %% [export]
Color = Enum("Color", "RED GREEN")
class Size(Enum):
    SMALL = auto()
    LARGE = auto()
chosen = Color[start], Size.LARGE
print(Color, chosen)

# %%
print(pickle.loads(pickle.dumps(chosen)))
chosen

# expect: params=start
# moved: Color, Size
# why: an enumeration shows its name only, and pickle finds it in the module
