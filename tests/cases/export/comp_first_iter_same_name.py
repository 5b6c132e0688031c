# %%
x = [1, 2]

# %% [export]
ys = [x for x in x]

# %%
print(x, ys)

# expect: params=x
# expect: returns=ys
# display: none
# minimal
# why: the first iterable is evaluated outside: the global x is read
