# %%
x = 2

# %% [export]
%config InlineBackend.figure_formats = ['png']
%precision 3
y = x / 3
y

# %%
print(y)

# expect: params=x
# expect: returns=y
# why: configuration stays in the notebook and still shapes what is shown
