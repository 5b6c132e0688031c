# %%
import pandas as pd
a = 1
df = pd.DataFrame({"x": [1, 2]})
conds = ["x > @a", "x < 5"]

# %% [export]
r = df.query(" and ".join(conds))
print(r)

# %%
print(df)

# why: the query is joined from a list
