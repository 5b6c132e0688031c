# %%
x = 0

# %% [export]
try:
    y = 1 / x
except ZeroDivisionError as error:
    kind = type(error).__name__
    print('caught', kind)

# %%
print(kind)

# expect: params=x
# expect: returns=kind
# why: an error that is caught
