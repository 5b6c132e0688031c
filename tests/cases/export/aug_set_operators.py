# %%
s = {1}
t = {2}
alias = s

# %% [export]
s |= t
s -= {1}

# %%
print(s, alias)

# expect: params=s, t
# expect: returns=s
# expect: warning=mutates_argument
# why: in-place operators of sets
