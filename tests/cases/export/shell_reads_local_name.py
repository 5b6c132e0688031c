# %%
x = 1

# %% [export]
name = 'n%d' % x
!echo {name}

# %%
pass

# refused or proved
# why: the kept shell line reads a name of the code
