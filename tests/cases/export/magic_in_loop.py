# %%
xs = [1, 2]

# %% [export]
for x in xs:
    !echo {x}
y = 1

# %%
print(y)

# refused: magic_inside
# why: a magic inside a block cannot be separated
