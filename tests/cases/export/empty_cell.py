# %%
x = 1

# %% [export]

# %%
print(x)

# refused: nothing_to_export
# why: empty
