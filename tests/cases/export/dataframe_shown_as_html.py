# %%
import pandas as pd

# %% [export]
df = pd.DataFrame({'a': [1, 2]})
df.head(1)

# %%
print(len(df))

# expect: params=
# expect: returns=df
# why: the table is shown in all its forms
