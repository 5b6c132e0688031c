# %%
from concurrent.futures import ProcessPoolExecutor
import multiprocessing
start = 3

# %% [export]
step = start + 1
def add(x):
    return x + step
with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("fork")) as pool:
    found = list(pool.map(add, [1, 2]))

# %%
print(found)

# refused: local_definition
# why: another process looks the function up by its full name
