# %%
import warnings

# %% [export]
warnings.filterwarnings('ignore')
x = 1

# %%
warnings.warn('unseen')
print(x)

# expect: returns=x
# expect: warning=global_setting
# why: changes the process
