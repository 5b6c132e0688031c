# %%
x = 1

# %% [export]
n = 'x' in dir()

# %%
print(n)

# refused: any
# why: dir() lists the names of the place
