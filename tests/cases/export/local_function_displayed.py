# %%
start = 3

# %% [export]
def double(x):
    return 2 * x
six = double(start)

# %%
print(six)
double

# refused: module_shown
# why: IPython shows the function with its module, `<function __main__.double(x)>`
