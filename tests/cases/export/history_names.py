# %%
21 * 2

# %% [export]
y = _ + 1

# %%
print(y)

# refused: any
# why: the last shown value is IPython's
