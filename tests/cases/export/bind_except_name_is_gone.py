# %%
text = 'x'
e = 'kept before'

# %% [export]
try:
    n = int(text)
except ValueError as err:
    n = -1
    msg = str(err)[:7]

# %%
print(n, e)

# expect: params=text
# expect: returns=n
# minimal
# why: the name after as is deleted at the end of the handler
