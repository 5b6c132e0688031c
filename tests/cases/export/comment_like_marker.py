# %%
n = 2

# %% [export]
# In[3]:
#%% not a cell
x = n + 1  # noqa: E501

# %%
print(x)

# expect: params=n
# expect: returns=x
# minimal
# why: comments that look like markers
