# %%
rate = 1
price = lambda v: v * rate
table = {"price": price}

# %% [export]
rate = 2
cost = table["price"](10)

# %%
print(cost, rate)

# refused: late_binding
# why: the lambda in `table` must see the new rate
