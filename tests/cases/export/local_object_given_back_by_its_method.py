# %%
start = 3

# %% [export]
class Model:
    def fit(self, x):
        self.x = x
        return self
model = Model()

# %%
model.fit(start)

# refused: module_shown
# why: the method gives the object, which shows its class's module
