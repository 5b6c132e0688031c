# %%
x = 1

# %% [export]
pass

# %%
print(x)

# refused or proved
# why: nothing happens
