# %%
import pandas as pd
df = pd.DataFrame({'a': [1, 2]})

# %% [export]
df.loc[df['a'] > 1, 'b'] = 5
df.index.name = 'i'

# %%
print(df.to_string())

# expect: params=df
# expect: returns=
# expect: warning=mutates_argument
# minimal
# why: loc and attributes
