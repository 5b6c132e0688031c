# %%
import cProfile
import contextlib, io

# %% [export]
def sq(x):
    return x*x
z = sq(4)
print(z)

# %%
with contextlib.redirect_stdout(io.StringIO()) as out:
    cProfile.run("print(sq(3))")
print(out.getvalue().split()[0])
del out

# why: the text is run among the names of the notebook
