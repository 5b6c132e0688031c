# %%
duration = 2
def stimulus(t):
    return t * duration

# %% [export]
values = list(map(stimulus, range(3)))

# %%
duration = 5
print(values, stimulus(1))

# expect: params=stimulus
# expect: returns=values
# why: a function that is only handed on is a value; it stays where it finds its data
