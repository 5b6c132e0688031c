# %%
log = []
v = '3'

# %% [export]
try:
    n = int(v)
finally:
    log.append('done')

# %%
print(n, log)

# expect: params=v, log
# expect: returns=n
# expect: warning=mutates_argument
# minimal
# why: finally runs on each path
