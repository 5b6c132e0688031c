# %%
box = [0]
xs = [4, 5]

# %% [export]
for box[0] in xs:
    pass

# %%
print(box)

# expect: params=box, xs
# expect: returns=
# expect: warning=mutates_argument
# minimal
# why: a loop target may be a place inside an argument
