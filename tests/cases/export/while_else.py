# %%
xs = [1, 3, 5]

# %% [export]
i = 0
while i < len(xs):
    if xs[i] % 2 == 0:
        found = xs[i]
        break
    i += 1
else:
    found = None

# %%
print(found, i)

# expect: params=xs
# expect: returns=i, found
# minimal
# why: break and else together bind found on each path
