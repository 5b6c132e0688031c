# %%
k = 2

# %% [export]
f = lambda v: v * k

# %%
print(f(1))

# expect: params=k
# expect: returns=f
# expect: warning=any
# display: none
# minimal
# why: returned lambda closes over the parameter k (not picklable; would not see a later change of k)
