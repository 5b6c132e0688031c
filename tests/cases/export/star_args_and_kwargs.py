# %%
def f(*args, sep='-', **kw):
    return sep.join(map(str, args)) + str(sorted(kw))
parts = [1, 2]
options = {'k': 1}
sep = 'unused'

# %% [export]
s = f(*parts, sep='+', **options)

# %%
print(s, sep)

# expect: params=parts, options
# expect: returns=s
# moved: f
# minimal
# why: starred arguments are read, keyword names are not
