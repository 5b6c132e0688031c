# %%
xs = [1]

# %% [export]
ys = [2]
xs.pop();

# %%
print(xs, ys)

# expect: params=xs
# expect: returns=ys
# expect: warning=any
# display: none
# minimal
# why: semicolon: nothing is shown; still mutates xs
