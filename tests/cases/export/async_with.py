# %%
import contextlib
@contextlib.asynccontextmanager
async def cm():
    yield 5

# %% [export]
async with cm() as c:
    v = c + 1

# %%
print(v)

# expect: params=
# expect: returns=v
# expect: warning=any
# display: none
# is_async
# minimal
# why: needs async def
