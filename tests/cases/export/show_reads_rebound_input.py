# %%
x = 1

# %% [export]
y = x
x = y + 1
x + y

# %%
print(y)

# expect: params=x
# why: the shown expression reads the new x, which no later cell reads
