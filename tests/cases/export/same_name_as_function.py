# %%
make_y = 3
xs = [1]

# %% [export]
y = xs[0] + make_y

# %%
print(y, make_y)

# expect: params=xs, make_y
# expect: returns=y
# minimal
# why: the suggested name must not hide data of the notebook
