# %%
x = 1

# %% [export]
files = !ls
n = len(files)

# %%
print(n >= 0)

# refused: any
# why: shell capture needs IPython; propose subprocess (a naive function would take nothing and return n)
