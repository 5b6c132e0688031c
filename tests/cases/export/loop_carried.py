# %%
xs = [1, 2]
prev = 0
out = []

# %% [export]
for x in xs:
    out.append(prev)
    prev = x

# %%
print(out, prev)

# expect: params=xs, out, prev
# expect: returns=prev
# expect: warning=any
# display: none
# minimal
# why: prev is read before it is written in the loop; out is mutated
