# %%
xs = []

# %% [export]
for last in xs:
    print(last)

# %%
try:
    print(last)
except NameError:
    print("none")

# refused: maybe_unbound_before
# why: the later cell asks whether the name is bound; None would be another answer
