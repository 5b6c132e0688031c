# %%
sum = 3

# %% [export]
total = sum + 1
del sum
both = total, sum([1, 2])

# %%
print(both)

# refused: maybe_deleted
# why: the second `sum` is the builtin
