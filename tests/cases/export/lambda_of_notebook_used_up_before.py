# %%
rate, xs = 1, [1, 2]
ys = sorted(xs, key=lambda v: -v * rate)

# %% [export]
rate = 2
total = sum(ys) * rate

# %%
print(total, rate)

# expect: params=ys
# expect: returns=rate, total
# why: nothing of the lambda is left in `ys`
