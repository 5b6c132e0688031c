# %%
mode = 0
flag = False

# %% [export]
if flag:
    mode = 1

# %%
print(mode)

# expect: params=flag, mode
# expect: returns=mode
# display: none
# why: same, with the branch not taken: without the parameter it is UnboundLocalError
