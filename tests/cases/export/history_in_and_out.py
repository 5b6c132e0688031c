# %%
x = 5

# %% [export]
src = In[1]
n = len(Out)

# %%
print(src, n)

# refused: any
# why: In and Out are IPython's
