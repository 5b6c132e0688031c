# %%
xs = [1, 2]

# %% [export]
stream = (v + 1 for v in xs)

# %%
print(list(stream))
stream

# refused or proved
# why: Python shows where the generator was made; nothing else differs
