# %%
hits = 0
class Cache:
    def get(self, key):
        global hits
        hits += 1
        return key
cache = Cache()

# %% [export]
got = cache.get(3)
print(got, hits)

# %%
print(got)

# refused: late_binding
# why: the method binds the notebook's `hits`
