# %%
xs = [1, 2]

# %% [export]
s = sum(xs)

t = s + 1

# %%
print(t)

# expect: params=xs
# expect: returns=t
# minimal
# why: a form feed is white space
