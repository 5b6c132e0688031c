# %%
it = iter([3, 2, 0, 9])

# %% [export]
seen = []
while (n := next(it)):
    seen.append(n)

# %%
print(seen, n, next(it))

# expect: params=it
# expect: returns=seen, n
# why: the test of the loop binds
