# %%
xs = [1, 2, 3]
limit = 1

# %% [export]
big = {x for x in xs if x > limit}
pairs = {(x, y) for x in big for y in big if x < y}

# %%
print(sorted(pairs))

# expect: params=xs, limit
# expect: returns=pairs
# minimal
# why: conditions read
