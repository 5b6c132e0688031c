# %%
start = 3

# %% [export]
def told(label):
    def decorate(function):
        print("decorated", label)
        return function
    return decorate
@told("d")
def double(x):
    return 2 * x
six = double(start)

# %%
print(six)

# expect: params=start
# moved: told
# why: what the decorator prints belongs to this cell
