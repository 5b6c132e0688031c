# %%
import pandas as pd
df = pd.DataFrame({'a': [1, 5]})

# %% [export]
limit = df['a'].mean()
spare = 1

# %%
print(len(df.query('a > @limit')), spare)

# expect: params=df
# expect: returns=limit, spare
# why: a later query string reads limit
