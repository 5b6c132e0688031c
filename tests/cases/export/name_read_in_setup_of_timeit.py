# %%
import timeit

# %% [export]
w = 5
z = 3*w
print(z)

# %%
print(timeit.timeit("w", setup="from __main__ import w", number=1) > 0, z)

# expect: returns=w, z
# why: the text imports from the notebook
