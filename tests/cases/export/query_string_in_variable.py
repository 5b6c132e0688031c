# %%
import pandas as pd
df = pd.DataFrame({'a': [1, 5]})
limit = 2
q = 'a > @limit'

# %% [export]
out = df.query(q)

# %%
print(len(out))

# refused or proved
# why: the string is not in the cell
