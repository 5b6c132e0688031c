# %%
class compiled:
    def __init__(self, function):
        self.name = f"{function.__module__}.{function.__name__}"
        self.function = function
    def inspect_asm(self):
        return self.name

# %%
@compiled
def double(x):
    return 2 * x

# %% [export]
six = double.function(3)

# %%
print(six, double.inspect_asm())

# expect: params=double
# expect: warning=definition_passed
# why: the listing names the module, so the function stays where it is
