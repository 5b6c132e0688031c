# %%
xs = [3, 1]

# %% [export 2:2]
a = dict(
    n=len(xs),
    m=max(xs),
)
b = a['n']

# %%
print(b)

# expect: params=xs
# expect: returns=a
# expect: warning=selection_widened
# minimal
# why: the selection is a part of a statement
