# %%
x = 1

# %% [export]
a = '''one """two""" '
three'''
b = r"""raw \
'''four'''
"""
c = b'''bytes
five'''

# %%
print(a, b, c)

# expect: params=
# expect: returns=a, b, c
# why: quotes within quotes
