# %%
import traceback, sys
start = 3

# %% [export]
class TooFar(ValueError):
    pass
def check(x):
    if x > 2:
        raise TooFar("far")

# %%
try:
    check(start)
except TooFar:
    print(traceback.format_exc().splitlines()[-1])

# refused: module_shown
# why: a traceback names the error with its module
