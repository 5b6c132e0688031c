# %%
class C: n = 1
c = C()

# %% [export]
c.n += 4

# %%
print(c.n, C.n)

# expect: params=c
# expect: returns=
# expect: warning=mutates_argument
# minimal
# why: augmented attribute reads and writes inside the argument
