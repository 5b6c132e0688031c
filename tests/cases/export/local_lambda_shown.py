# %%
start = 3

# %% [export]
add = lambda x: x + start
four = add(1)

# %%
print(four, add)

# refused: local_definition
# why: `<function make_four.<locals>.<lambda> at ...>`
