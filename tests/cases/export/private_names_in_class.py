# %%
__secret = 4

# %% [export]
class K:
    def get(self):
        self.__x = 3
        return self.__x
v = K().get() + __secret

# %%
print(v)

# expect: params=__secret
# expect: returns=v
# minimal
# why: names with two underscores are mangled only in classes
