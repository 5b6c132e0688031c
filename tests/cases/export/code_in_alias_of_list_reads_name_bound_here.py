# %%
k = 1
steps = []
more = steps
more.append(lambda x: k * x)

# %% [export]
k = 5
print(steps[0](2))

# %%
print(k)

# refused: late_binding
# why: the list was given the lambda by its other name
