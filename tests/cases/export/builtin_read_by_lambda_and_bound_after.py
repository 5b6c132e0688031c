# %%
xs = [1, 2]

# %% [export]
total = (lambda values: sum(values))(xs)
sum = 1

# %%
print(total, sum)

# why: the lambda runs before `sum` is bound, so it must see the builtin
