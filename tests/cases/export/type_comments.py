# %%
xs = [1]

# %% [export]
ys = []  # type: list[int]
for x in xs:  # type: int
    ys.append(x)

# %%
print(ys)

# expect: params=xs
# expect: returns=ys
# minimal
# why: type comments read nothing
