# %%
a = 1

# %% [export]
1

# %% [export]
def f(): return 1

# %%
print(f(), a)

# why: the value that the first of the cells shows is shown by the function
