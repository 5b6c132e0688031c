# %%
x = 1

# %% [export]
exec('y = x + 1')

# %%
print(y)

# refused: any
# why: exec binds names that nobody sees
