# %%
x = 1

# %% [export]
y = x + ghost

# %%
print(y)

# refused: any
# why: ghost is bound nowhere in the notebook (deleted cell) (a naive function would take x, ghost and return y)
