# %%
x = 1

# %% [export]
y = x
None

# %%
print(y)

# expect: params=x
# expect: returns=y
# why: None shows nothing
