# %%
async def numbers(n):
    for i in range(n):
        yield i

# %% [export]
xs = [i async for i in numbers(3)]

# %%
print(xs)

# expect: params=
# expect: returns=xs
# moved: numbers
# is_async
# minimal
# why: an asynchronous comprehension at the top level awaits
