# %%
größe = 3
ℌ = 1

# %% [export]
变量 = größe + H
naïve = 'ü' * 变量

# %%
print(变量, naïve)

# expect: returns=变量, naïve
# why: Python reads ℌ and H as the same name
