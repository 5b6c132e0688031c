# %%
start = 3

# %% [export]
step = start + 1
def count(n):
    yield step + n
three = count(start)

# %%
print(list(three), three)

# refused: local_definition
# why: `<generator object make_three.<locals>.count at ...>`
