# %%
kind = 'a'

# %% [export]
if kind == 'a':
    size = 1
elif kind == 'b':
    size = 2
else:
    raise ValueError(kind)

# %%
print(size)

# expect: params=kind
# expect: returns=size
# minimal
# why: the raising branch never comes to the end
