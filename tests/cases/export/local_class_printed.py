# %%
start = 3

# %% [export]
class Box:
    size = 2
total = Box.size + start
print(Box)

# %%
print(total)

# refused: module_shown
# why: `<class '__main__.Box'>` would become `<class 'module.Box'>`
