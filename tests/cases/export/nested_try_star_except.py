# %%
v = [1]

# %% [export]
try:
    try:
        n = v[5]
    except IndexError:
        n = v[0]
except Exception:
    n = None

# %%
print(n)

# expect: params=v
# expect: returns=n
# minimal
# why: nested handlers
