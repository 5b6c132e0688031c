# %%
n = 2

# %% [export]
if n > 1:
    q = """
  select *
 from t
	where tabbed
"""
else:
    q = ""

# %%
print(q)

# expect: params=n
# expect: returns=q
# minimal
# why: lines in the string keep their own indentation
