# %%
total = 0

# %%
print(total)

# %% [export]
total = 5
y = 1

# %%
print(y)

# expect: params=
# expect: returns=total, y
# why: an earlier cell that is run again would read it
