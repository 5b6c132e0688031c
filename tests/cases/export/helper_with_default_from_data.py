# %%
rate = 3
def pay(h, r=rate):
    return h * r

# %% [export]
y = pay(2)

# %%
print(y, pay(1, 1))

# refused or proved
# why: the helper's default is data
