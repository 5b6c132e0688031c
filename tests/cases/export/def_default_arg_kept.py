# %%
n = 3

# %% [export]
def f(a, b=n):
    return a + b

# %%
n = 100
print(f(1))

# expect: params=n
# expect: returns=f
# expect: warning=any
# display: none
# minimal
# why: default is bound at definition, so behaviour is kept, but a function is returned by a function
