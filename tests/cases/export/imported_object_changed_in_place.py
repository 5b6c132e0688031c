# %%
import sys, types
made = types.ModuleType('made_up')
made.__getattr__ = lambda name: [3, 1, 2] if name == 'sample' else None
sys.modules['made_up'] = made

# %%
from made_up import sample

# %% [export]
sample.append(9)
n = len(sample)

# %%
print(sample, n)

# refused or proved
# why: the module makes a new object for each import; the one that the notebook changes must stay one
