# %%
import os.path
x = '/a/b'

# %%
import xml.etree.ElementTree
import xml.dom

# %% [export]
root = xml.etree.ElementTree.fromstring('<a/>').tag
kind = xml.dom.Node.ELEMENT_NODE
base = os.path.basename(x)

# %%
print(root, kind, base)

# expect: params=x
# expect: returns=root, kind, base
# minimal
# why: every submodule that was loaded must be imported by the module too
