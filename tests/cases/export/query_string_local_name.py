# %%
import pandas as pd
df = pd.DataFrame({'a': [1, 5]})

# %% [export]
limit = 2
out = df.query('a > @limit')

# %%
print(len(out))

# expect: params=df
# expect: returns=out
# minimal
# why: @limit is found among the function's locals
