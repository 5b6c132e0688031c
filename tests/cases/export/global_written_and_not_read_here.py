# %%
count = 0
def tick():
    global count
    count += 1

# %% [export]
tick()
size = 2

# %%
print(size, count)

# expect: returns=size
# why: nothing here reads the name that `tick` binds
