# %%
rate = 1

# %% [export]
def build(start):
    def step(v):
        return start + v * rate
    return step
price = build(0)

# %%
rate = 2
print(price(10), rate)

# refused: late_binding
# why: the function that `build` has made must see the later rate
