# %%
xs = [1, 2]
for step in xs:
    t = step
    del t

# %% [export]
t = sum(xs)
print(t)
del t

# %%
print(xs)

# why: nothing named `t` is left for the notebook to delete
