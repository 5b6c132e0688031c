# %%
a = 1; b = 2

# %% [export]
c = a; d = b; c += d
if c: e = c; f = d

# %%
print(c, e, f)

# expect: params=a, b
# why: semicolons
