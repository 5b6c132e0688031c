# %%
class Box:
    size = 2

# %% [export]
box = Box()
total = box.size + 1

# %%
print(total)
box

# expect: params=Box
# expect: warning=definition_passed
# why: `<__main__.Box at ...>` names the module, so the class stays in the notebook
