# %%
xs = [1, 2]

# %% [export]
for x in xs:
    x + 1

# %%
print(xs)

# expect: params=xs
# display: none
# why: an expression in a loop shows nothing
