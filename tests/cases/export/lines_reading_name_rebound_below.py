# %%
x = 1

# %% [export 1:1]
y = x + 1
x = 10
print(x, y)

# %%
print(x)

# expect: params=x
# expect: returns=y
# minimal
# why: the rest of the cell rebinds x after the call
