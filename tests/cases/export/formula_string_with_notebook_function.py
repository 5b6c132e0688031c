# %%
import numpy as np
import pandas as pd
import statsmodels.formula.api as smf
def half(v):
    return v / 2
df = pd.DataFrame({'y': [1.0, 2.1, 2.9, 4.2], 'x': [1.0, 2.0, 3.0, 4.0]})

# %% [export]
res = smf.ols('y ~ half(x) + np.log(x)', data=df).fit()

# %%
print(res.params.round(3).to_dict())

# expect: returns=res
# why: the formula is evaluated where the function is called from
