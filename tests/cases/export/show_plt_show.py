# %%
import matplotlib.pyplot as plt
xs = [1, 3, 2]

# %% [export]
plt.plot(xs)
plt.title('t')
plt.show()
print('after')

# %%
pass

# expect: params=xs
# minimal
# why: show, then print
