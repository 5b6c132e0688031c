# %%
class Conf:
    n = 1

# %% [export]
Conf.n = 5
m = Conf.n

# %%
print(Conf.n, m)

# refused or proved
# why: there must be one class
