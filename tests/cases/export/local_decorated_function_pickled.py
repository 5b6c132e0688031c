# %%
import functools, pickle
start = 3

# %% [export]
def counted(function):
    @functools.wraps(function)
    def wrapper(*args):
        wrapper.calls += 1
        return function(*args)
    wrapper.calls = 0
    return wrapper
@counted
def double(x):
    return 2 * x
six = double(start)

# %%
print(six, double.calls, pickle.loads(pickle.dumps(double)) is double)

# expect: params=start
# moved: counted, double
# why: a decorated function goes by its full name too
