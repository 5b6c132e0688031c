# %%
import matplotlib.pyplot as plt
xs = [1, 3, 2]

# %% [export]
plt.figure()
plt.plot(xs)
plt.figure()
plt.plot(xs[::-1]);

# %%
pass

# expect: params=xs
# minimal
# why: two figures
