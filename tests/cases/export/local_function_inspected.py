# %%
class compiled:
    def __init__(self, **options):
        self.options = options
    def __call__(self, function):
        self.name = f"{function.__module__}.{function.__qualname__}"
        self.function = function
        return self
    def inspect_asm(self):
        return self.name
options = {"fast": True}

# %% [export]
start = len(options)
@compiled(**options)
def double(x):
    return 2 * x
six = double.function(start)

# %%
print(six)
print(double.inspect_asm())

# refused: any
# why: a compiler writes the full name into its listing, and the decorator needs data of the notebook
