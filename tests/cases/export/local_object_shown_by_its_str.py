# %%
start = 3

# %% [export]
class Box:
    def __init__(self, size):
        self.size = size
    def __str__(self):
        return f"Box({self.size})"
box = Box(start)

# %%
print(box, f"{box}", str(box))

# expect: params=start
# moved: Box
# why: only `str` is asked for
