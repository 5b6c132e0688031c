# %%
import io

# %% [export]
with io.StringIO() as fh:
    fh.write('hi')
    txt = fh.getvalue()

# %%
print(txt)

# expect: params=
# expect: returns=txt
# display: none
# minimal
# why: fh is not read later
