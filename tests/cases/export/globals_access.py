# %%
a = 1

# %% [export]
has = 'a' in globals()

# %%
print(has)

# refused: any
# why: globals() means another dictionary in the module (a naive function would take nothing and return has, and change behaviour)
