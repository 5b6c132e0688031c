# %%
flag = True
x = 1

# %% [export]
y = x + 1
if flag:
    y

# %%
print(y)

# expect: params=x, flag
# expect: returns=y
# display: none
# why: an expression in a branch shows nothing
