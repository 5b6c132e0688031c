# %%
x = 1

# %% [export]
def f():
    return later_value + x

# %%
later_value = 5
print(f())

# refused or proved
# why: f must see the later binding
