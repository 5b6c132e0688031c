# %%
table = 't'
n = 2

# %% [export]
q = f"""select *
  from {table}
 limit {n +
1}
"""

# %%
print(q)

# expect: params=table, n
# expect: returns=q
# minimal
# why: a multi-line f-string with a multi-line expression
