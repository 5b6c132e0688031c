# %%
from sklearn.linear_model import LinearRegression
X = [[0], [1]]
y = [0, 1]
m = LinearRegression()

# %% [export]
m.fit(X, y)
s = m.score(X, y)

# %%
print(round(s, 2), m.coef_.round(2))

# expect: params=m, X, y
# expect: returns=s
# expect: warning=any
# display: none
# minimal
# why: fit mutates the argument m
