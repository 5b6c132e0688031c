# %%
x = 1

# %% [export]
y = __name__

# %%
print(y)

# refused or proved
# why: __name__ is the module's in a module
