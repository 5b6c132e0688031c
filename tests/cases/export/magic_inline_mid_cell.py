# %%
xs = [1, 2]

# %% [export]
y = sum(xs)
%matplotlib inline
z = y + 1

# %%
print(z)

# refused or proved
# why: a configuration magic in the middle
