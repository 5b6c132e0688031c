# %%
x = 1

# %% [export]
%%html
<b>hi</b>

# %%
print(x)

# refused: any
# why: no Python
