# %%
x = 1

# %% [export]
'just a note'

# %%
print(x)

# refused or proved
# why: a cell with only a string shows it
