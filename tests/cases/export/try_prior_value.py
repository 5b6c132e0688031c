# %%
v = 7
s = 'bad'

# %% [export]
try:
    v = int(s)
except ValueError:
    pass

# %%
print(v)

# expect: params=v, s
# expect: returns=v
# display: none
# why: the try may fail before v is bound: old v must come in
