# %%
x = 1

# %% [export]
return x

# %%
print(x)

# refused: any
# why: return outside a function
