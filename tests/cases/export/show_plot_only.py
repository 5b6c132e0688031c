# %%
import matplotlib.pyplot as plt
xs = [1, 3, 2]

# %% [export]
plt.plot(xs)

# %%
pass

# expect: params=xs
# minimal
# why: the shown value is the list of lines; the figure comes once
