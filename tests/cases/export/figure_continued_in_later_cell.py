# %%
import matplotlib.pyplot as plt
xs = [1, 3, 2]

# %% [export]
fig, ax = plt.subplots()
ax.bar(range(3), xs)
plt.close(fig)

# %%
ax.set_title('late')
fig

# %%
print(ax.get_title())

# expect: params=xs
# expect: returns=fig, ax
# minimal
# why: a later cell goes on with the figure
