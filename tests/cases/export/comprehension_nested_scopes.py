# %%
rows = [[1, 2], [3]]
x = 'outer'

# %% [export]
flat = [x for row in rows for x in row]
table = {k: [v * k for v in range(k)] for k in flat}

# %%
print(flat, table, x)

# expect: params=rows
# expect: returns=flat, table
# minimal
# why: comprehension variables are local
