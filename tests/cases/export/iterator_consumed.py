# %%
it = iter([1, 2, 3])

# %% [export]
first = next(it)

# %%
print(first, list(it))

# expect: params=it
# expect: returns=first
# expect: warning=any
# display: none
# minimal
# why: consumes (mutates) the argument: calling it twice differs
