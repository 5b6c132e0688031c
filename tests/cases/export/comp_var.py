# %%
xs = [1, 2, 3]

# %% [export]
ys = [x * x for x in xs]

# %%
print(ys)

# expect: params=xs
# expect: returns=ys
# display: none
# minimal
# why: x is local to the comprehension
