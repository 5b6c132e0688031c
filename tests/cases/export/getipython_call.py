# %%
x = 1

# %% [export]
ip = get_ipython()
y = ip is not None and x

# %%
print(y)

# refused or proved
# why: IPython gives get_ipython
