# %%
x = 1

# %% [export]
%%bash
echo hi

# %%
print(x)

# refused: cell_magic
# why: no Python
