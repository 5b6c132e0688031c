# %%
handlers = []
n = 3

# %% [export]
handlers.append(lambda: n)

# %%
n = 50
print([h() for h in handlers])

# refused: any
# why: the lambda outlives the call in an argument and must see the later n
