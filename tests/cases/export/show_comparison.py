# %%
a, b = 1, 2

# %% [export]
c = a + b
c == 3

# %%
print(c)

# expect: params=a, b
# expect: returns=c
# minimal
# why: comparison shown
