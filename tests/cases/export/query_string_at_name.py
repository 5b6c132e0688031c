# %%
import pandas as pd
df = pd.DataFrame({'a': [1, 5]})
threshold = 2

# %% [export]
out = df.query('a > @threshold')

# %%
print(len(out))

# expect: params=df, threshold
# expect: returns=out
# expect: warning=any
# display: none
# minimal
# why: the name threshold occurs only inside a string ('@threshold'): pandas resolves it in the caller's frame
