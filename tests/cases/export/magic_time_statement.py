# %%
xs = [2, 1]

# %% [export]
n = len(xs)
%time y = sorted(xs)

# %%
print(y, n)

# refused or proved
# why: a line magic that runs Python and binds
