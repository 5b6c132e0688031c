# %%
import matplotlib.pyplot as plt
xs = [1, 2]

# %% [export]
fig, ax = plt.subplots()
ax.plot(xs)
ax.set_title('t');

# %%
print(ax.get_title(), len(ax.lines))

# expect: params=xs
# expect: returns=ax
# expect: warning=any
# display: none
# minimal
# why: creates a figure: pyplot registry is global state; ax is read later
