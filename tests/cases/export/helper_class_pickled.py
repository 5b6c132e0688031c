# %%
import pickle
class Q:
    def __init__(self, v):
        self.v = v
q = Q(3)

# %% [export]
data = pickle.dumps(q)

# %%
print(pickle.loads(data).v, isinstance(q, Q))

# expect: params=q
# expect: returns=data
# minimal
# why: pickle goes by the class's module
