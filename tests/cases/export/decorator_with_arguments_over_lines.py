# %%
import functools
def tag(**kw):
    def wrap(fn):
        fn.kw = kw
        return fn
    return wrap
label = 'a'

# %% [export]
@tag(
    name=label,   # the label
    n=2,
)
@functools.lru_cache(maxsize=None)
def f(x):
    return x + 1
kw = f.kw
y = f(1)

# %%
print(kw, y)

# expect: params=label
# expect: returns=kw, y
# minimal
# why: decorators over lines are read
