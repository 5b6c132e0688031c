# %%
class Bad(ValueError):
    pass
def check(v):
    if v < 0:
        raise Bad(v)
    return v

# %% [export]
try:
    check(-1)
    state = 'ok'
except Bad as err:
    state = f'bad {err}'

# %%
try:
    check(-2)
except Bad:
    print(state, 'caught')

# expect: returns=state
# why: one exception class on both sides
