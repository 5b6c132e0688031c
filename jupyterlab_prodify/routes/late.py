"""Services that are built when they are first asked for, so that the server starts without them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Late(Generic[T]):
    """Calls ``make`` once, at the first call, whichever thread that is in."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._guard = threading.Lock()
        self._service: T | None = None

    def __call__(self) -> T:
        with self._guard:
            if self._service is None:
                self._service = self._make()
            return self._service

    @property
    def made(self) -> T | None:
        """The service; None where nobody has asked for it."""
        return self._service
