# %%
import pandas as pd
df = pd.DataFrame({'a': [1, 2], 'b': [2, 1]})

# %% [export]
ax = df.plot()
ax.set_ylabel('v')

# %%
print(ax.get_ylabel())

# expect: params=df
# expect: returns=ax
# why: a plot through pandas
