# %%
def fact(n):
    return 1 if n < 2 else n * fact(n - 1)

# %% [export]
y = fact(5)

# %%
print(y, fact(3))

# expect: returns=y
# moved: fact
# minimal
# why: a helper that calls itself
