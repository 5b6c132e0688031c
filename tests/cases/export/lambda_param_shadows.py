# %%
x = 1
xs = [1, 2]

# %% [export]
f = lambda x: x + 1
r = [f(v) for v in xs]

# %%
print(r, x)

# expect: params=xs
# expect: returns=r
# display: none
# minimal
# why: x in the lambda is its own parameter
