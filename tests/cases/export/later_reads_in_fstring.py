# %%
x = 1

# %% [export]
width, v = 6, x / 3

# %%
print(f'{v:{width}.2f}')

# expect: params=x
# expect: returns=width, v
# minimal
# why: f-strings read names
