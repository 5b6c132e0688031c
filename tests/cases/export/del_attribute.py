# %%
class Box: pass
b = Box()
b.x = 1

# %% [export]
del b.x
ok = hasattr(b, 'x')

# %%
print(ok, vars(b))

# expect: params=b
# expect: returns=ok
# minimal
# why: del of an attribute changes the argument
