# %%
calls = 0
def counted(f):
    def inner(*args):
        global calls
        calls += 1
        return f(*args)
    return inner
@counted
def square(x):
    return x * x

# %% [export]
y = square(3)
print(y, calls)

# %%
print(y)

# refused: late_binding
# why: the decorator counts in the notebook's `calls`
