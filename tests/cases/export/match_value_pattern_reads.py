# %%
class Colour:
    RED = 1
c = 1

# %% [export]
match c:
    case Colour.RED:
        s = 'red'
    case other:
        s = other

# %%
print(s)

# expect: params=c
# expect: returns=s
# minimal
# why: dotted names in patterns are reads, bare ones captures
