# %%
big = True
if big:
    def h(x):
        return x * 100
else:
    def h(x):
        return x

# %% [export]
y = h(2)

# %%
print(y)

# expect: returns=y
# why: which h holds is decided at run time
