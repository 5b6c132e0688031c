# %%
src = list(range(10))

# %% [export]
a, b, c, d, e, f, g, h, i, j = src

# %%
print(a, b, c, d, e, f, g, h, i, j)

# expect: params=src
# expect: returns=a, b, c, d, e, f, g, h, i, j
# expect: warning=many_results
# minimal
# why: a tuple that gets unreadable
