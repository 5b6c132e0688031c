# %%
a = 1

# %% [export]
w = a*5
z = 3*w

# %%
print(get_ipython().user_ns["w"], z)

# expect: returns=w, z
# why: user_ns holds the names of the notebook
