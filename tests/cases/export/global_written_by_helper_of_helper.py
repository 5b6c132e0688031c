# %%
count = 0
def twice():
    tick()
    tick()
def tick():
    global count
    count += 1

# %% [export]
twice()
seen = count

# %%
print(seen, count)

# refused: late_binding
# why: `twice` binds `count` through `tick`
