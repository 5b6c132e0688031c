# %%
x = 1

# %% [export]
y = x + 1
!echo end

# %%
print(y)

# expect: params=x
# expect: returns=y
# minimal
# why: the shell line stays in the notebook, after the call
