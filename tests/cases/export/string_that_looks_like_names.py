# %%
x = 1
y = 2

# %% [export]
s = 'x + y @x {x}'
n = len(s) + x

# %%
print(s, n, y)

# expect: params=x
# expect: returns=s, n
# minimal
# why: an ordinary string reads nothing
