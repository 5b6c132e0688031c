# %%
xs = [1, 2]

# %% [export]
f = lambda v: v + len(xs)
f(1)

# %%
print(xs)

# expect: params=xs
# why: the shown call uses a local function
