# %%
x = 1
drop = False

# %% [export]
if drop:
    del x
y = 2

# %%
print(x, y)

# refused or proved
# why: maybe deleted
