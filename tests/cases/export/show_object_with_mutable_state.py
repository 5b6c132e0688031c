# %%
pass

# %% [export]
state = {'n': 0}
def step():
    state['n'] += 1
    return state['n']
step()
step()

# %%
pass

# why: the shown call must run exactly once, after the first
