# %%
import asyncio
async def get(v):
    await asyncio.sleep(0)
    return v * 2

# %% [export]
v = await get(3)
await get(v)

# %%
print(v)

# expect: returns=v
# is_async
# why: an awaited expression is shown
