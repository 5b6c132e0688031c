# %%
pass

# %% [export]
class P:
    def __init__(s, v):
        s.v = v
p = P(2)

# %%
print(isinstance(p, P), p.v)

# expect: params=
# expect: returns=P, p
# expect: warning=any
# display: none
# minimal
# why: class and instance are both read later: put the class at module level
