# %%
x = 1

# %% [export]
!echo start
y = x + 1

# %%
print(y)

# expect: params=x
# expect: returns=y
# minimal
# why: the shell line stays in the notebook, before the call
