# %%
xs = [3, 1]

# %% [export 2:4]
prev = None
for x in xs:
    gap = None if prev is None else x - prev
    prev = x
print(gap, prev)

# %%
print(prev)

# expect: params=xs, prev
# expect: returns=gap, prev
# why: a whole loop that rebinds what the cell bound before
