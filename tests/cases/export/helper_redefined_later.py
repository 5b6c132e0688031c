# %%
def h(x):
    return x + 1

# %% [export]
b = h(1)

# %%
def h(x):
    return x + 100
print(b, h(1))

# expect: returns=b
# why: the first h holds here
