# %%
a = 1
b = 2

# %% [export]
f = lambda a: lambda b: a + b
r = f(b)(a)

# %%
print(r)

# expect: params=b, a
# expect: returns=r
# minimal
# why: parameters of nested lambdas
