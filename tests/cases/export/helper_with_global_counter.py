# %%
count = 0
def tick():
    global count
    count += 1
    return count

# %% [export]
a = tick()
b = tick()

# %%
print(a, b, count)

# refused or proved
# why: the helper writes a notebook name
