# %%
x = 1

# %% [export]
sql = '''
%matplotlib inline
!ls
%%time
'''
n = len(sql) * x

# %%
print(n, sql)

# expect: params=x
# expect: returns=sql, n
# minimal
# why: text that looks like a magic
