# %%
import random
random.seed(3)

# %% [export]
a = random.random()
b = random.randint(1, 6)

# %%
print(a, b, random.random())

# expect: params=
# expect: returns=a, b
# minimal
# why: the global generator goes on
