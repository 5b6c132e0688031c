# %%
rate = 2

# %% [export]
cost = (lambda v: v * rate)(10)

# %%
rate = 3
print(cost, rate)

# expect: params=rate
# why: the lambda is gone when the cell ends, so the later `rate` does not matter
