# %%
x = '{"a": 1}'

# %% [export]
import xml.dom
import xml.sax
n = len(x) + len(xml.sax.__name__) + len(xml.dom.__name__)

# %%
print(n)

# expect: params=x
# expect: returns=n
# why: two dotted imports bind one name
