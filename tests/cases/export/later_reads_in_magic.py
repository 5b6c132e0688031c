# %%
x = 1

# %% [export]
greeting = 'hi' * x
n = 3

# %%
!echo {greeting}
print(n)

# expect: params=x
# expect: returns=greeting, n
# why: a shell line reads names in braces
