# %%
import asyncio
async def work(i):
    await asyncio.sleep(0)
    return i * 2
n = 3

# %% [export]
rs = await asyncio.gather(*[work(i) for i in range(n)])
total = 0
for r in rs:
    total += r

# %%
print(total)

# expect: params=n
# expect: returns=total
# is_async
# minimal
# why: top-level await
