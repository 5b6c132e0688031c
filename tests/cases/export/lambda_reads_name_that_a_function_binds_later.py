# %%
count = 0
def tick():
    global count
    count += 1

# %% [export]
show = lambda: count

# %%
tick()
print(show())

# refused: late_binding
# why: the lambda would keep the count of the call
