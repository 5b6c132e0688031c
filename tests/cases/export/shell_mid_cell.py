# %%
x = 1

# %% [export]
y = x + 1
!echo mid
z = y + 1
print(z)

# %%
print(z)

# refused or proved
# why: the order of prints counts
