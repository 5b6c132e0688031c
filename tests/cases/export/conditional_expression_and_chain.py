# %%
a = 5
lo, hi = 1, 9

# %% [export]
ok = lo < a < hi
v = a if ok else hi

# %%
print(v)

# expect: params=lo, a, hi
# expect: returns=v
# minimal
# why: all sides are read
