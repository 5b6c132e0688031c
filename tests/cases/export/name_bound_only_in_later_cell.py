# %%
x = 1

# %% [export]
y = x + extra

# %%
extra = 5

# refused or proved
# why: run from top to bottom the original fails
