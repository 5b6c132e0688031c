# %%
x = 1

# %% [export]
if __name__ == '__main__':
    y = x + 1
    print('main', y)

# %%
pass

# refused or proved
# why: in the notebook the guard holds, in a module not
