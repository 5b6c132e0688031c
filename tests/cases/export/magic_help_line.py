# %%
x = 1

# %% [export]
y = x + 1
len?

# %%
print(y)

# refused or proved
# why: help stays in the notebook
