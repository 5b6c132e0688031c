# %%
start = 3

# %% [export]
def double(x):
    return 2 * x
six = double(start)
print(double, [double])

# %%
print(six, double.__qualname__)

# expect: params=start
# moved: double
# why: a function shows its full name
