# %%
n = 2

# %% [export]
s = 'first \
second'
m = n + \
  1

# %%
print(s, m)

# expect: params=n
# expect: returns=s, m
# minimal
# why: a continued string keeps its next line as it is
