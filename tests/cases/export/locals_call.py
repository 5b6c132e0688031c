# %%
x = 1

# %% [export]
y = x
names = sorted(n for n in locals() if n in ('x', 'y'))

# %%
print(names)

# refused: any
# why: locals() of a function holds other names
