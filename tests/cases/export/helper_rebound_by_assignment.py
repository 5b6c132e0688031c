# %%
def h(x):
    return x + 1
h = staticmethod(h).__func__
k = h

# %% [export]
y = h(1)

# %%
print(y, k(1))

# expect: returns=y
# why: h is data by now
