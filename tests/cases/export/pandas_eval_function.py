# %%
import pandas as pd
a = pd.Series([1, 2])
b = pd.Series([3, 4])

# %% [export]
c = pd.eval('a + b')

# %%
print(c.tolist())

# expect: returns=c
# why: pd.eval reads the caller's names
