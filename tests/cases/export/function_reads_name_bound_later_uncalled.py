# %%
x = 1

# %% [export]
def peek():
    return late + x
y = x + 1

# %%
late = 4
print(y)

# refused or proved
# why: `late` does not exist when the cell runs, and the function is not called in it
