# %%
import asyncio
x = 2

# %% [export]
async def f(v):
    return v + 1
co = f(x)

# %%
print(await co)

# expect: params=x
# expect: returns=co
# is_async: no
# why: only an inner function could await
