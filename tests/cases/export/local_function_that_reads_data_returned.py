# %%
start = 3

# %% [export]
step = start + 1
def add(x):
    return x + step

# %%
print(add(1))

# expect: params=start
# expect: returns=add
# expect: warning=returns_function
# why: nothing shows where the function is defined
