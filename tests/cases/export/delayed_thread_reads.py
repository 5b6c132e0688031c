# %%
import threading
out = []
n = 3

# %% [export]
t = threading.Thread(target=lambda: out.append(n))
t.start()
t.join()

# %%
print(out)

# expect: params=out, n
# minimal
# why: a lambda given to a thread that ends here
