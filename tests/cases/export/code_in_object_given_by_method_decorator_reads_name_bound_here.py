# %%
k = 1
class Bus:
    def __init__(self):
        self.handlers = []
    def on(self, f):
        self.handlers.append(f)
        return f
bus = Bus()
@bus.on
def scale(x):
    return k * x

# %% [export]
k = 5
print(bus.handlers[0](2))

# %%
print(k)

# refused: late_binding
# why: the object holds code that reads the notebook's `k`
