# %%
xs = [2, 1]

# %% [export]
ys = sorted(xs)
ys;  # hidden

# %%
print(ys)

# expect: params=xs
# expect: returns=ys
# why: nothing is shown
