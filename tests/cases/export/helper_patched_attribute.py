# %%
def h(x):
    return x + h.extra
h.extra = 10

# %% [export]
y = h(1)

# %%
h.extra = 20
print(y, h(1))

# expect: returns=y
# why: the function object carries data
