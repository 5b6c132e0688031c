# %%
import pandas as pd
import statsmodels.formula.api as smf
df = pd.DataFrame({'y': [1.0, 2.1, 2.9, 4.2]})
other = [1.0, 2.0, 3.0, 4.5]

# %% [export]
p = smf.ols('y ~ other', df).fit().params

# %%
print(p.round(3).to_dict())

# expect: params=other, df
# expect: returns=p
# minimal
# why: the formula reads a list of the notebook
