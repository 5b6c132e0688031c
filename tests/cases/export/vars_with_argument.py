# %%
class C: pass
c = C()
c.x = 1

# %% [export]
d = dict(vars(c))

# %%
print(d)

# expect: params=c
# expect: returns=d
# minimal
# why: vars of an object is harmless
