# %%
xs = [1, 4, 9]

# %% [export]
big = [r for x in xs if (r := x * 2) > 5]

# %%
print(big, r)

# expect: params=xs
# expect: returns=big, r
# minimal
# why: the walrus binds outside the comprehension
