# %%
from typing import Generic, TypeVar
start = 2

# %% [export]
T = TypeVar("T")
class Stack(Generic[T]):
    def __init__(self, items: list[T]) -> None:
        self.items = items
stack = Stack([start])

# %%
print(stack.items, T.__name__)

# expect: params=start
# moved: T, Stack
# why: the class needs the type variable
