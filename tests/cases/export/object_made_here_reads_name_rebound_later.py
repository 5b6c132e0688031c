# %%
size = 1

# %% [export]
class Box:
    def get(self):
        return size
box = Box()

# %%
size = 2
print(box.get(), size)

# refused: late_binding
# why: the method must see the later size
