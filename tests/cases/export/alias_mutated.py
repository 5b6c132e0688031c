# %%
a = [1]

# %% [export]
b = a
b.append(2)

# %%
print(a, b, a is b)

# expect: params=a
# expect: returns=b
# expect: warning=any
# display: none
# minimal
# why: b aliases the argument a; identity is kept
