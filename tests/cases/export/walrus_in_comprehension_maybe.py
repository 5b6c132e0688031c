# %%
xs = []
r = 'old'

# %% [export]
big = [r for x in xs if (r := x * 2) > 5]

# %%
print(big, r)

# refused or proved
# why: with no elements the old r stays
