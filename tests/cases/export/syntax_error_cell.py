# %%
x = 1

# %% [export]
y = (x +

# %%
print(x)

# refused: syntax_error
# why: does not parse
