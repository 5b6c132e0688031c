# %%
a = [3, 1]

# %% [export]
b = sorted(a)
b

# %%
pass

# expect: params=a
# expect: returns=b
# display: keep
# minimal
# why: the display expression itself reads b after the call
