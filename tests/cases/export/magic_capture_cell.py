# %%
xs = [2, 1]

# %% [export]
%%capture out
print('hidden')
y = sorted(xs)

# %%
print(y, out.stdout)

# refused or proved
# why: the captured text is read later
