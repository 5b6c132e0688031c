# %%
n = 1

# %% [export]
a = n
n = 5
b = n

# %%
print(a, b)

# expect: params=n
# expect: returns=a, b
# minimal
# why: n is read, then bound; no later cell reads it
