# %%
x = 1

# %% [export]
y = x
del x
x = y + 1

# %%
print(x)

# expect: returns=x
# why: bound again after del
