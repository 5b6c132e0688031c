# %%
import pandas as pd
df = pd.DataFrame({'v': [1, 2, 3]})

# %% [export]
df.shape

# %%
pass

# expect: params=df
# minimal
# why: only a shown expression
