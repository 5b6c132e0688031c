# %%
n = 2

# %% [export]
# keep me
q = '''select
  *
from t'''  # trailing
r = q * n

# %%
print(r)

# expect: params=n
# expect: returns=r
# display: none
# minimal
# why: inner lines of the string must not be indented; comments must survive
