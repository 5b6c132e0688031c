"""Ctrl C: what must not be cut short, and what must not be left behind."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
    """Ctrl C does nothing meanwhile. For short work that is worse when half done: writing files, tidying up."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # Not SIG_IGN, which programs that are started meanwhile would inherit.
    before = signal.signal(signal.SIGINT, lambda number, frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def end_children() -> None:
    """End every process that this one has started. From a terminal they get the Ctrl C too, but not all obey."""
    import psutil

    with contextlib.suppress(psutil.Error), uninterrupted():
        children = psutil.Process().children(recursive=True)
        for child in children:
            with contextlib.suppress(psutil.Error):
                child.kill()
        psutil.wait_procs(children, timeout=2)
