# %%
x = 5

# %%
x * 2

# %% [export]
y = x + 1
y

# %%
print(Out[2], _2)

# why: a new first cell would change the numbers of the others
