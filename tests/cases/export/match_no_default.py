# %%
c = 3
s = 'before'

# %% [export]
match c:
    case 1:
        s = 'one'
    case 2:
        s = 'two'

# %%
print(s)

# expect: params=c, s
# expect: returns=s
# why: no case matches: the old value stays
