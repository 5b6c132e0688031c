# %%
xs = [1, 2]

# %% [export crlf]
s = 0
for x in xs:
    s += x
q = '''a
b'''

# %%
print(s, repr(q))

# expect: params=xs
# expect: returns=s, q
# minimal
# why: carriage returns
