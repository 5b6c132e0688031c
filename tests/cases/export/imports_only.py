# %%
x = 1

# %% [export]
import math
from os import path

# %%
print(math.floor(1.5), path.sep)

# refused: nothing_to_export
# why: only imports
