# %%
K = 3

# %%
def h(x):
    return x * K

# %% [export]
y = h(2)

# %%
print(y)

# refused: any
# why: the called notebook function h reads notebook data K: h cannot move to the module unchanged (a naive function would take nothing and return y, and change behaviour)
