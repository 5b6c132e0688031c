# %%
k = 2
xs = iter([1, 2, 3])

# %% [export]
s = sum(x * k for x in xs)

# %%
k = 3
print(s, list(xs), k)

# expect: returns=s
# minimal
# why: consumed before k is rebound
