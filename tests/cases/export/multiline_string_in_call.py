# %%
import textwrap
n = 2

# %% [export]
text = textwrap.dedent('''
    indented
      more
''' * n)

# %%
print(text)

# expect: params=n
# expect: returns=text
# minimal
# why: dedent depends on the indentation in the string
