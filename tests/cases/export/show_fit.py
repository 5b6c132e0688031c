# %%
from sklearn.linear_model import LinearRegression
X = [[0], [1]]
y = [0, 1]

# %% [export]
model = LinearRegression()
model.fit(X, y)

# %%
print(model.coef_.round(2))

# expect: returns=model
# why: fit shows the model
