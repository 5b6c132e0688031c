# %%
x = 3

# %% [export]
display(x)
y = x + 1

# %%
print(y)

# expect: params=x
# expect: returns=y
# expect: warning=any
# display: none
# minimal
# why: display is injected by IPython: needs from IPython.display import display
