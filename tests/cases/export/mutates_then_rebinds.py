# %%
xs = [1]
alias = xs

# %% [export]
xs.append(2)
xs = xs + [3]

# %%
print(xs, alias)

# expect: params=xs
# expect: returns=xs
# minimal
# why: changed in place, then bound anew
