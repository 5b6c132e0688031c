# %%
rows = [('a', 1), ('b', 2)]

# %% [export]
total = 0
for key, (value) in rows:
    total += value

# %%
print(total, key)

# expect: params=rows
# expect: returns=total, key
# minimal
# why: the loop variable outlives the loop and is read later
