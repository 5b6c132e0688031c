# %%
def h(x):
    return x + 1

# %%
a = h(1)

# %%
def h(x):
    return x + 100

# %% [export]
b = h(1)

# %%
print(a, b)

# expect: returns=b
# why: the second h holds here, the first one above
