# %%
import matplotlib.pyplot as plt
xs = [1, 3, 2]

# %% [export]
fig, ax = plt.subplots()
ax.plot(xs)
ax.set_xlabel('i')

# %%
print(len(ax.lines))

# expect: params=xs
# expect: returns=ax
# why: the shown text is the label, and the figure comes once
