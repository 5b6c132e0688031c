# %%
pass

# %% [export]
class Stack(list):
    """A stack."""

    limit = 3

    def push(self, v):
        self.append(v)
        return self

# %%
print(Stack().push(1), Stack.limit)

# expect: params=
# why: a class moves as it is
