# %%
x = 1

# %% [export]
y = (yield x)

# %%
print(x)

# refused: any
# why: yield outside a function: in a function it would make a generator
