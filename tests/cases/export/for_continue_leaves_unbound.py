# %%
xs = [1, 2]
last_even = 'none'

# %% [export]
for x in xs:
    if x % 2:
        continue
    last_even = x

# %%
print(last_even)

# expect: params=xs, last_even
# expect: returns=last_even
# why: continue may skip the binding
