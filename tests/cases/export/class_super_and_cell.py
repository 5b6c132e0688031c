# %%
class A:
    def go(self):
        return 1

# %% [export]
class B(A):
    def go(self):
        return super().go() + 1
n = B().go()

# %%
print(n)

# expect: returns=n
# moved: A, B
# minimal
# why: super needs its own class cell
