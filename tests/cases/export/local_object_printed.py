# %%
start = 3

# %% [export]
class Box:
    def __init__(self, size):
        self.size = size
boxes = [Box(start)]

# %%
print(len(boxes), boxes)

# refused: module_shown
# why: an object without a text of its own shows its class's module
