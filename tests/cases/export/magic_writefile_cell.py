# %%
x = 1

# %% [export]
%%writefile note.txt
x = 1

# %%
print(x)

# refused: cell_magic
# why: the body is a file's text, however much it looks like Python
