# %%
def twice(fn):
    def w(*a):
        return fn(*a) * 2
    return w
@twice
def h(x):
    return x + 1

# %% [export]
y = h(1)

# %%
print(y, h(2))

# expect: returns=y
# why: a decorated helper moves with its decorator or is passed
