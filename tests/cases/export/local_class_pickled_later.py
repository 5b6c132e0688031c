# %%
import pickle
start = 3

# %% [export]
class Box:
    def __init__(self, size):
        self.size = size
box = Box(start)

# %%
print(pickle.loads(pickle.dumps(box)).size, Box.__qualname__)

# expect: params=start
# moved: Box
# why: inside the function it would be `make_box.<locals>.Box`, which pickle does not find
