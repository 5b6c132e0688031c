# %%
pass

# %% [export]
class Temp:
    def __init__(self, c):
        self._c = c
    @property
    def f(self):
        return self._c * 9 / 5 + 32
    @f.setter
    def f(self, v):
        self._c = (v - 32) * 5 / 9
    @staticmethod
    def zero():
        return 0
    @classmethod
    def boil(cls):
        return cls(100)
t = Temp.boil()
t.f = 50
v = (t._c, Temp.zero())

# %%
print(v)

# expect: params=
# expect: returns=v
# minimal
# why: class machinery
