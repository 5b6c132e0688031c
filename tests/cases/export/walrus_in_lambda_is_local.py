# %%
y = 5

# %% [export]
f = lambda: (y := 9)
z = f()

# %%
print(y, z)

# expect: returns=z
# why: a walrus in a lambda binds in the lambda
