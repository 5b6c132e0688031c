# %%
e = 5
text = '7'

# %% [export]
try:
    n = int(text)
except ValueError as e:
    n = 0

# %%
print(n, e)

# refused or proved
# why: without an error e keeps the notebook's 5
