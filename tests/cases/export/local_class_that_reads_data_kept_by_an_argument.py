# %%
start, boxes = 3, []

# %% [export]
step = start + 1
class Box:
    size = step
boxes.append(Box())

# %%
print(boxes[0].size)

# refused: local_definition
# why: the object outlives the call in the list
