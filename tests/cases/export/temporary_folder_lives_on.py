# %%
import tempfile
from pathlib import Path

# %% [export]
folder = tempfile.TemporaryDirectory()
path = Path(folder.name)

# %%
print(path.exists())

# expect: returns=folder, path
# why: the folder goes with the object that made it
