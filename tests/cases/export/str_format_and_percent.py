# %%
a = 1
b = 2

# %% [export]
s = '{a} {b}'.format(a=b, b=a) + '%(a)s' % {'a': a}

# %%
print(s)

# expect: params=b, a
# expect: returns=s
# minimal
# why: keyword names of format are not reads
