# %%
df = [3, 1]

# %% [export]
df = sorted(df)

# %%
print(df)

# expect: params=df
# expect: returns=df
# display: none
# minimal
# why: same name is input and output
