# %%
import os

# %% [export]
os.environ['PROOF_X'] = '1'
v = os.environ['PROOF_X']

# %%
print(os.environ.get('PROOF_X'), v)

# expect: params=
# expect: returns=v
# minimal
# why: a setting of the process
