# %%
start = 3

# %% [export]
class Box:
    def __init__(self, size):
        self.size = size
    def __repr__(self):
        return f"Box({self.size})"
boxes = [Box(start)]

# %%
print(boxes)
boxes[0]

# expect: params=start
# moved: Box
# why: its own text does not name the module
