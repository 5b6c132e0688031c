# %%
import pandas as pd
df = pd.DataFrame({'g': ['a', 'b', 'a'], 'v': [1, 2, 3]})

# %% [export]
small = df[df['v'] < 3]
(small
   .groupby('g')
   .agg({'v': 'sum'})
   .head())

# %%
print(len(df))

# expect: params=df
# why: a shown expression over lines
