# %%
import os
os.environ["MODE"] = "fast"

# %%
class Settings:
    mode = os.environ.get("MODE", "none")
def scale(x, mode=os.environ["MODE"]):
    return f"{mode} {x}"

# %% [export]
text = Settings.mode + scale(1)

# %%
print(text)

# expect: params=Settings, scale
# expect: returns=text
# why: in the module both would be defined before the variable is set
