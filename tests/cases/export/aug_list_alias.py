# %%
xs = [1]
alias = xs

# %% [export]
xs += [2]

# %%
print(xs, alias)

# expect: params=xs
# expect: returns=xs
# expect: warning=any
# display: none
# why: list += mutates in place: alias sees it too
