# %%
xs = [1, 2, 3]

# %% [export]
for x in xs:
    if x == 2:
        hit = True
        break
else:
    hit = False

# %%
print(hit)

# expect: params=xs
# expect: returns=hit
# minimal
# why: either break or else
