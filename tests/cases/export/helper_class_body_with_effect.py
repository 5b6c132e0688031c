# %%
import time
class Box:
    made = time.time()

# %% [export]
early = Box.made > 5

# %%
print(early)

# expect: params=Box
# expect: warning=definition_passed
# why: the class body asks the time when it runs
