# %%
x = 1

# %% [export]
n = 'x' in vars()

# %%
print(n)

# refused: any
# why: vars() is locals()
