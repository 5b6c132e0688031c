# %%
import itertools
numbers = itertools.count()

# %% [export]
first = next(numbers)
class Box:
    tag = print("made")
    size = 2
total = Box.size + first

# %%
print(total)

# expect: params=numbers
# moved:
# why: what the class body prints belongs to this cell
