# %%
import numpy as np

# %% [export]
np.random.seed(1)
a = np.random.rand(2)

# %%
print(a, np.random.rand())

# expect: params=
# expect: returns=a
# expect: warning=any
# display: none
# minimal
# why: sets the global seed: later cells depend on it
