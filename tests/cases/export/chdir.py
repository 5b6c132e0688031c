# %%
import os, tempfile
d = tempfile.gettempdir()

# %% [export]
os.chdir(d)
here = os.getcwd()

# %%
print(here == os.getcwd())

# expect: params=d
# expect: returns=here
# expect: warning=any
# display: none
# minimal
# why: changes the process-wide working directory
