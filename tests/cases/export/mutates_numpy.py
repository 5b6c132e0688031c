# %%
import numpy as np
a = np.arange(4)

# %% [export]
a[1:] += 10
b = a.sum()

# %%
print(a, b)

# expect: params=a
# expect: returns=b
# expect: warning=mutates_argument
# minimal
# why: augmented slices change in place
