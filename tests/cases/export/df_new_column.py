# %%
import pandas as pd
df = pd.DataFrame({'a': [1, 2]})

# %% [export]
df['b'] = df['a'] * 2

# %%
print(df.to_string())

# expect: params=df
# expect: returns=
# expect: warning=any
# display: none
# minimal
# why: mutates df in place (most common notebook idiom)
