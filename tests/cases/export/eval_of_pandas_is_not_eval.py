# %%
import pandas as pd
df = pd.DataFrame({'a': [1, 2]})
k = 3

# %% [export]
out = df.eval('b = a * @k')

# %%
print(out.to_string())

# expect: params=df, k
# expect: returns=out
# minimal
# why: DataFrame.eval takes @k from the caller
