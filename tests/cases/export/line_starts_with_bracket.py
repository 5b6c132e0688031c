# %%
xs = [1, 2]

# %% [export]
total = sum(
    x
    for x in xs
    # a comment within
    if x
)

# %%
print(total)

# expect: params=xs
# expect: returns=total
# minimal
# why: continued lines in brackets
