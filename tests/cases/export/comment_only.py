# %%
x = 1

# %% [export]
# just a note

# %%
print(x)

# refused: any
# why: nothing to export (a naive function would take nothing and return nothing)
