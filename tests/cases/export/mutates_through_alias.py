# %%
d = {'xs': []}

# %% [export]
xs = d['xs']
xs.append(1)
n = len(xs)

# %%
print(d, n)

# expect: params=d
# expect: returns=n
# minimal
# why: the change reaches the argument through a local name
