# %%
start = 3

# %% [export]
class Box:
    def __init__(self, size):
        self.size = size
    def get(self):
        return self.size
get = Box(start).get

# %%
print(get(), get)

# refused: module_shown
# why: `<bound method Box.get of <__main__.Box object at ...>>`
