# %%
rows = [1, 2]

# %% [export]
for last in rows:
    double = last * 2

# %%
print(last, double)

# expect: params=rows
# expect: returns=last, double
# expect: warning=any
# why: maybe bound and never bound before: returned with a warning
