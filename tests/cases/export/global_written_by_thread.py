# %%
import threading
n = 0
def work():
    global n
    n = 5
thread = threading.Thread(target=work)

# %% [export]
thread.start()
thread.join()
print(n)

# %%
print(n)

# refused: late_binding
# why: the thread binds the notebook's `n`
