# %%
x = 1

# %% [export]
name = 'n%d' % x
y = 2
!echo $name

# %%
print(y)

# refused or proved
# why: the kept shell line reads $name
