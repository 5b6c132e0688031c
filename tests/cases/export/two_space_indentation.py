# %%
xs = [1, 2]

# %% [export]
s = 0
for x in xs:
  if x > 1:
     s += x

# %%
print(s)

# expect: params=xs
# expect: returns=s
# minimal
# why: other indentation than ours
