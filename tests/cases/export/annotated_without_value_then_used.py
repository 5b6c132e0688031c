# %%
x = 4

# %% [export]
total: float
limit: 'int' = x
total = limit / 2

# %%
print(total)

# expect: params=x
# expect: returns=total
# minimal
# why: annotations
