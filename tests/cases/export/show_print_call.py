# %%
xs = [2, 1]

# %% [export]
n = len(xs)
print('n =', n)

# %%
print(n)

# expect: params=xs
# expect: returns=n
# display: none
# why: print shows by itself, once
