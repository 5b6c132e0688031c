# %%
xs = [3, 1]

# %% [export]
list = list(xs)
n = len(list)

# %%
print(list, n)

# expect: returns=list, n
# why: the builtin is read before the cell binds the name: UnboundLocalError in a naive function
