# %%
pairs = [(1, 2), (3, 4)]

# %% [export]
first = [a for a, _ in pairs]
for _ in range(2):
    first.append(_)
x, _ = pairs[0]

# %%
print(first, x)

# expect: params=pairs
# expect: returns=first, x
# minimal
# why: here _ is a plain variable
