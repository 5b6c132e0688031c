# %%
xs = [2, 1]

# %% [export]
lo = min(xs)
hi = max(xs)
lo, hi

# %%
print(lo)

# expect: params=xs
# why: the tuple stays; hi is local otherwise
