# %%
d = {'n': 1}

# %% [export]
d['n'] += 1

# %%
print(d)

# expect: params=d
# expect: returns=
# expect: warning=any
# display: none
# minimal
# why: reads and mutates d
