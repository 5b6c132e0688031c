# %%
size = 3

# %% [export]
class Config:
    size = size
    double = size * 2
    def area(self):
        return self.size ** 2
c = Config().area()
d = Config.double

# %%
print(c, d, size)

# refused: class_body_name
# why: in a class body the right-hand size is the notebook's: inside a function Python looks for it among the globals only
