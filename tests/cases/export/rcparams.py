# %%
import matplotlib.pyplot as plt

# %% [export]
plt.rcParams['lines.linewidth'] = 3.0

# %%
print(plt.rcParams['lines.linewidth'])

# expect: params=
# expect: returns=
# expect: warning=any
# display: none
# minimal
# why: global plotting configuration: hidden effect on later cells
