# %%
xs = [1, 2]

# %% [export]
t = *xs, 3
def g():
    return *t, 4
u = g()

# %%
print(t, u)

# expect: params=xs
# expect: returns=t, u
# why: starred expressions
