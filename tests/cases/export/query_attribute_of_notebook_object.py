# %%
import pandas as pd
df = pd.DataFrame({'a': [1, 5]})
cfg = {'limit': 2}

# %% [export]
out = df.query('a > @cfg["limit"]')

# %%
print(len(out))

# expect: params=df, cfg
# expect: returns=out
# minimal
# why: a name with a subscript in the string
