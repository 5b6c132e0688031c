# %%
name = 'a'

# %% [export]
s = ('%s'
     % name)
t = 10 \
    % 3

# %%
print(s, t)

# expect: params=name
# expect: returns=s, t
# minimal
# why: a modulo at the start of a line is no magic
