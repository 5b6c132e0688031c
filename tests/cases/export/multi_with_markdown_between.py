# %%
xs = [3, 1]

# %% [export]
a = xs[0]

# %% [markdown]
## A heading

# %% [export]
b = a + 1

# %%
print(b)

# expect: params=xs
# expect: returns=b
# why: text between code cells runs nothing
