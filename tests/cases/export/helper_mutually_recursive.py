# %%
def even(n):
    return True if n == 0 else odd(n - 1)
def odd(n):
    return False if n == 0 else even(n - 1)

# %% [export]
r = even(10)

# %%
print(r, odd(3))

# expect: returns=r
# minimal
# why: two helpers that need each other
