# %%
xs = [3, 1]

# %% [export]
for id in xs:
    last = id

# %%
print(id, last)

# expect: params=xs
# expect: returns=id, last
# why: id is bound here, not the builtin
