# %%
xs = [2, 1]

# %% [export]
%%time -n1
y = sorted(xs)

# %%
print(y)

# refused or proved
# why: an option that this magic may not know
