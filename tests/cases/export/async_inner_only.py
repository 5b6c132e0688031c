# %%
import asyncio
x = 2

# %% [export]
async def f(v):
    await asyncio.sleep(0)
    return v + x

# %%
print(await f(1))

# refused or proved
# why: a function that awaits does not make the cell await
