# %%
import matplotlib.pyplot as plt
xs = [1, 3, 2]

# %% [export]
a = max(xs)
plt.plot(xs)

# %% [export]
b = min(xs)
plt.plot([b, a])

# %%
print(a, b)

# expect: params=xs
# expect: returns=a, b
# why: each cell has its own figure; drawn in one cell both plots would share axes
