# %%
a = 1
b = 2

# %% [export]
c = a + b

# %%
print(c)

# expect: params=a, b
# expect: returns=c
# display: none
# minimal
# why: reads a, b; c is read later
