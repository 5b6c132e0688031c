# %%
n = 1

# %% [export]
global n
n = n + 1

# %%
print(n)

# refused or proved
# why: global at the top level means nothing
