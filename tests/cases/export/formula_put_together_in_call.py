# %%
import numpy as np, pandas as pd
import statsmodels.formula.api as smf
df = pd.DataFrame({"x": [1., 2, 3, 4], "y": [1., 2, 3, 5]})
k = 2
rhs = "np.log(x) + I(x**k)"

# %% [export]
t = "y"
m = smf.ols(f"{t} ~ {rhs}", data=df).fit()
print(m.params.round(6))

# %%
print(m.nobs)

# why: a part of the formula stands for k and np
