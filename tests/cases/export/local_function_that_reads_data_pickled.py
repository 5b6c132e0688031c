# %%
import pickle
start = 3

# %% [export]
step = start + 1
def add(x):
    return x + step

# %%
print(pickle.loads(pickle.dumps(add)) is add)

# refused: local_definition
# why: pickle does not find a function inside another
