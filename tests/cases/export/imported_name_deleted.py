# %%
import os
def f(): return 1

# %% [export]
x = os.sep; del os
y = f()
del f

# %%
try:
    print(os)
except NameError:
    print("gone")
print(x, y)

# expect: params=os, f
# expect: returns=x, y
# why: a name that is deleted here is a local of the function, so it has to be passed
