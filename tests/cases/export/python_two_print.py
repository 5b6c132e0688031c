# %%
x = 1

# %% [export]
print x

# %%
print(x)

# refused: syntax_error
# why: Python 2
