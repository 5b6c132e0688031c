# %%
xs = [3, 5]

# %% [export]
i = 0
while True:
    v = xs[i]
    if v > 4:
        break
    i += 1

# %%
print(i, v)

# expect: params=xs
# expect: returns=i, v
# display: none
# minimal
# why: while True always enters
