# %%
count = 0
def tick():
    global count
    count += 1
tick()

# %% [export]
size = count + 1
print(size)

# %%
tick()
print(size, count)

# expect: params=count
# why: nothing here runs `tick`
