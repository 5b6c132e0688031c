# %%
count = 0
def tick():
    global count
    count += 1

# %% [export]
tick()
print(count)

# %%
print(count)

# refused: late_binding
# why: `tick` binds the notebook's `count`, and the parameter would keep the old value
