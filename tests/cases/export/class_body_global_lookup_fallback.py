# %%
v = 1

# %% [export]
class T:
    if v > 0:
        w = v
    v = 7
r = (T.w, T.v)

# %%
print(r, v)

# refused: class_body_name
# why: class bodies look at the class, then at the notebook: inside a function Python looks for it among the globals only
