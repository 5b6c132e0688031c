# %%
import sys
n = 2

# %% [export]
print('out', n)
print('err', n, file=sys.stderr)
sys.stdout.write('more\n')
k = n

# %%
print(k)

# expect: params=n
# expect: returns=k
# minimal
# why: both streams
