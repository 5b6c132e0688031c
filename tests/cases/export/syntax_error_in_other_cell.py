# %%
x = 1

# %%
this is not python

# %% [export]
y = x + 1

# %%
print(y)

# expect: params=x
# expect: returns=y
# minimal
# why: another cell that does not parse must not hinder
