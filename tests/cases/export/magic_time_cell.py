# %%
xs = [1, 2]

# %% [export]
%%time
y = sum(xs)

# %%
print(y)

# expect: params=xs
# expect: returns=y
# expect: warning=any
# display: none
# minimal
# why: %%time: drop the first line
