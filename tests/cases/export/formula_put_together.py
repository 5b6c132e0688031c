# %%
import numpy as np, pandas as pd
import statsmodels.formula.api as smf
df = pd.DataFrame({"x": [1., 2, 3, 4], "y": [1., 2, 3, 5]})
k = 2
f = "y ~ " + " + ".join(["I(x**k)"])

# %% [export]
m = smf.ols(f, data=df).fit()
print(m.params.round(6))

# %%
print(m.nobs)

# expect: params=f, df, k
# why: parts of the formula name k
