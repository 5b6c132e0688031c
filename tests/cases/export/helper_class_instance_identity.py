# %%
class P:
    def __init__(self, v):
        self.v = v
a = P(1)

# %% [export]
b = P(2)
same = type(a) is type(b)

# %%
print(same, isinstance(b, P), b.v)

# expect: returns=b, same
# why: there must be one class P, not two
