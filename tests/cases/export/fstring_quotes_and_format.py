# %%
d = {'k': 3.14159}
w = 8

# %% [export]
s = f"{d['k']:>{w}.2f}|{d!r}|{{w}}|{d['k'] = }"

# %%
print(s)

# expect: params=d, w
# expect: returns=s
# minimal
# why: f-strings in full
