# %%
n = 2

# %% [export]
class T:
    n = 5
    xs = [n for _ in range(2)]
xs = T.xs

# %%
print(xs)

# refused or proved
# why: the comprehension skips the class scope and reads the notebook's n
