# %%
xs = [2, 1]

# %% [export]
%timeit -n1 -r1 sorted(xs)
y = xs[0]

# %%
print(y)

# refused or proved
# why: a line magic first
