# %%
import contextlib
@contextlib.contextmanager
def two():
    yield 1, 2

# %% [export]
with two() as (a, b):
    c = a + b

# %%
print(a, c)

# expect: params=
# expect: returns=a, c
# moved: two
# minimal
# why: targets of with are bound after it
