# %%
xs = [3, 1]

# %% [export 3:4]
out = []
for x in xs:
    y = x * 2
    out.append(y)

# %%
print(out)

# refused or proved
# why: lines within a block
