# %%
xs = [1, 2]

# %% [export]
sum = 0
for x in xs:
    sum += x

# %%
print(sum)

# expect: params=xs
# expect: returns=sum
# minimal
# why: a bound builtin name is a result
