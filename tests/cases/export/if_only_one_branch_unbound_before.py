# %%
flag = True

# %% [export]
if flag:
    z = 5

# %%
print(z)

# expect: params=flag
# expect: returns=z
# expect: warning=any
# why: maybe bound here, never before
