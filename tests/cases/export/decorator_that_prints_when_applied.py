# %%
def told(function):
    print("decorated", function.__name__)
    return function
@told
def double(x):
    return 2 * x

# %% [export]
six = double(3)

# %%
print(six)

# expect: params=double
# expect: warning=definition_passed
# why: what the decorator prints belongs to the cell above
