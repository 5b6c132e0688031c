# %%
xs = [1]

# %% [export]
%matplotlib inline
y = xs[0]

# %%
print(y)

# expect: params=xs
# expect: returns=y
# expect: warning=any
# display: none
# minimal
# why: configuration magic stays in the notebook
