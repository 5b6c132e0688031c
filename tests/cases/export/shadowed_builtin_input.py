# %%
nums = [3, 4]
sum = 0

# %% [export]
for v in nums:
    sum += v

# %%
print(sum)

# expect: params=nums, sum
# expect: returns=sum
# display: none
# minimal
# why: sum is notebook data here, not the builtin: filtering builtins by name loses it
