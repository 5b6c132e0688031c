# %%
size = 1
class Box:
    def get(self):
        return size
box = Box()

# %% [export]
size = 2
got = box.get()

# %%
print(got, size)

# refused: late_binding
# why: the method reads the notebook's `size`
