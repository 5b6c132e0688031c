# %%
import pandas as pd
df = pd.DataFrame({'a': [1], 'b': [2]})

# %% [export]
df.drop(columns='a', inplace=True)

# %%
print(list(df))

# expect: params=df
# expect: returns=
# expect: warning=any
# display: none
# minimal
# why: inplace=True mutates the argument
