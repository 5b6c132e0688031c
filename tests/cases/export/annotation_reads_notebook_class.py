# %%
class Row:
    pass
x = 4

# %% [export]
r: Row = Row()
r.v = x

# %%
print(r.v, type(r) is Row)

# expect: returns=r
# why: identity of the class must be one and the same
