# %%
import pickle
start = 3

# %% [export]
class Box:
    def __init__(self, size):
        self.size = size
size = pickle.loads(pickle.dumps(Box(start))).size

# %%
print(size)

# expect: params=start
# expect: returns=size
# moved: Box
# why: no other cell knows the class, but pickle has to find it
