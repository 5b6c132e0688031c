# %%
class Parallel:
    def __init__(self, jobs): self.jobs = jobs
    def __call__(self, work): return [done() for done in work]
def later(function): return lambda *given: lambda: function(*given)
import functools
n = 2
@functools.partial
def compute(v): return v * n
first = Parallel(1)(later(compute)(v) for v in range(3))

# %% [export]
compute = len
second = Parallel(1)(later(compute)("ab") for v in range(2))

# %%
print(first, second, compute("a"))

# why: the generator of the first cell is asked at once, so nothing keeps it
