# %%
n = 2

# %% [export]
# first comment

# second comment
x = n  # beside

  # odd indentation
y = x  # more
# last comment

# %%
print(y)

# expect: params=n
# expect: returns=y
# minimal
# why: comments survive
