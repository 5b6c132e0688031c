# %%
start = 3

# %% [export]
def count(n):
    yield from range(n)
three = count(start)
print(three)

# %%
print(list(three))

# expect: params=start
# moved: count
# why: `<generator object count at ...>` shows the full name
