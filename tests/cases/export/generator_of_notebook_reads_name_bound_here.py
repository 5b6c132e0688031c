# %%
step, xs = 3, [1, 2]

# %%
stream = (step for v in xs)

# %% [export]
step = 10
total = next(stream)

# %%
print(total, step)

# refused: late_binding
# why: the generator reads the notebook's `step` when it goes on, so it must see the new one
