# %%
k = 3

# %% [export]
def scale(v):
    return v * k

# %%
k = 10
print(scale(2))

# refused: any
# why: scale must see the later k: make k a parameter of scale first (a naive function would take k and return scale, and change behaviour)
