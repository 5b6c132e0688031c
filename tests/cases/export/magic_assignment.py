# %%
x = 1

# %% [export]
here = %pwd
y = x + len(here) * 0

# %%
print(y)

# refused or proved
# why: a magic gives a value
