# %%
from contextlib import contextmanager
level = 0
@contextmanager
def nested():
    global level
    level += 1
    yield
    level -= 1

# %% [export]
with nested():
    seen = level
print(seen)

# %%
print(seen)

# refused: late_binding
# why: the context manager binds the notebook's `level`
