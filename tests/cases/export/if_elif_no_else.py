# %%
mode = 'c'
k = 0

# %% [export]
if mode == 'a':
    k = 1
elif mode == 'b':
    k = 2

# %%
print(k)

# expect: params=mode, k
# expect: returns=k
# why: the missing else keeps the old k
