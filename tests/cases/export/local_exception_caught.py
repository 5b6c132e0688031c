# %%
start = 3

# %% [export]
class TooFar(ValueError):
    pass
def check(x):
    if x > 2:
        raise TooFar("far")
limit = start

# %%
try:
    check(limit)
except TooFar as problem:
    print(problem, repr(problem))

# moved: TooFar, check
# why: the error's text does not name the module
