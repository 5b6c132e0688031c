# %%
x = 1

# %% [export markdown]
# A heading

# %%
print(x)

# refused: not_code
# why: text, not code
