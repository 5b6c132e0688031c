# %%
x = 1

# %% [export]
y = eval('x + 1')

# %%
print(y)

# refused: any
# why: eval reads names that nobody sees
