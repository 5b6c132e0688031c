# %%
import pandas as pd
a = 1
df = pd.DataFrame({"x": [1, 2]})
exprs = ["x > @a", "x < @a"]

# %% [export]
for e in exprs:
    print(df.query(e))

# %%
print(df)

# why: the loop takes the queries out of a list
