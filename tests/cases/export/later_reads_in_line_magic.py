# %%
xs = [2, 1]

# %% [export]
ys = sorted(xs)

# %%
%time print(ys)

# expect: params=xs
# expect: returns=ys
# minimal
# why: a line magic runs Python
