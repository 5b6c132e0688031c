# %%
k = 1

# %% [export]
f = lambda v: v + k

# %%
k = 100
print(f(1))

# refused: any
# why: f must see the later k
