# %%
xs = [2, 1]

# %% [export]
%%time
y = sorted(xs)
y

# %%
print(y)

# expect: params=xs
# expect: returns=y
# why: %%time shows the last expression too
