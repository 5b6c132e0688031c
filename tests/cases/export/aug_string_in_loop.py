# %%
words = ['a', 'b']

# %% [export]
text = ''
for w in words:
    text += w

# %%
print(text)

# expect: params=words
# expect: returns=text
# expect: warning=none
# minimal
# why: += on a local string
