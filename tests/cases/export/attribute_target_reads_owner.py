# %%
class C: pass
c = C()

# %% [export]
c.d = C()
c.d.e = 5

# %%
print(c.d.e)

# expect: params=c
# expect: returns=
# why: C moves or is passed; c is changed in place
