# %%
n = 1

# %% [export]
k = n
f = lambda v: v + k
k = 10

# %%
print(f(1), k)

# expect: params=n
# expect: returns=k, f
# why: late binding inside the call ends with the same k
