# %%
x: int = 3

# %% [export]
y: int
y = x

# %%
print(y)

# expect: params=x
# expect: returns=y
# display: none
# minimal
# why: bare annotation binds nothing
