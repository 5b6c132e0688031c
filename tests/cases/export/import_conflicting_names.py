# %%
from datetime import datetime
d = datetime(2020, 1, 2)

# %%
import datetime

# %% [export]
t = datetime.timedelta(days=1)
r = d + t

# %%
print(r)

# expect: params=d
# expect: returns=r
# why: the name was imported in two ways; the last one holds
