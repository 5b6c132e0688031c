# %%
point = {'x': 1, 'y': [2, 3, 4]}

# %% [export]
match point:
    case {'x': px, 'y': [first, *others], **rest}:
        label = 'full'
    case {'x': px}:
        label, first, others, rest = 'half', None, [], {}
    case _:
        px, label, first, others, rest = 0, 'none', None, [], {}

# %%
print(px, first, others, rest, label)

# expect: params=point
# minimal
# why: captures bind; with case _ each path binds all
