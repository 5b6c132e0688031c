# %%
xs = [3, 1]

# %% [export]
for id in xs:
    last = id

# %%
print(id, last)

# expect: params=id, xs
# expect: returns=id, last
# why: id is bound here; where the loop is empty it is still the builtin
