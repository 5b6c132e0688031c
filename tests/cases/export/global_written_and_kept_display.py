# %%
count = 0
def tick():
    global count
    count += 1

# %% [export]
tick()
count

# %%
print(count)

# refused or proved
# why: what is shown stays in the notebook
