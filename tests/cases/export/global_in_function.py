# %%
n = 1

# %% [export]
def bump():
    global n
    n += 1
bump()

# %%
print(n)

# refused: global_statement
# why: global into the notebook
