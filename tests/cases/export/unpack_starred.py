# %%
pair = (1, [2, 3, 4])

# %% [export]
a, (b, *rest) = pair

# %%
print(a, b, rest)

# expect: params=pair
# expect: returns=a, b, rest
# display: none
# minimal
# why: nested and starred targets are outputs
