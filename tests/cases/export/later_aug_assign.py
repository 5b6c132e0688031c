# %%
xs = [1]

# %% [export]
n = len(xs)

# %%
n += 1
print(n)

# expect: params=xs
# expect: returns=n
# minimal
# why: an augmented assignment reads
