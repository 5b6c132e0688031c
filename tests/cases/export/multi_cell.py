# %%
xs = [1, 2]

# %% [export]
t = [x * 2 for x in xs]

# %% [export]
s = sum(t)

# %%
print(s)

# expect: params=xs
# expect: returns=s
# display: none
# minimal
# why: two adjacent cells, t stays inside
