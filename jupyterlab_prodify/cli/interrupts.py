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


@contextlib.contextmanager
def ending_children() -> Iterator[None]:
    """Ctrl C ends every process that this one has started or starts from then on, so that nobody waits for one. From
    a terminal they get the Ctrl C too, but not those in a group of their own, and not all obey."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    over = threading.Event()
    enders: list[threading.Thread] = []

    def stop(number: int, frame: object) -> None:
        enders.append(threading.Thread(target=_end_children, args=(over,), daemon=True))
        enders[-1].start()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        over.set()
        for ender in enders:
            ender.join()


def _end_children(over: threading.Event) -> None:
    import psutil

    while True:
        last = over.is_set()
        with contextlib.suppress(psutil.Error):
            for child in psutil.Process().children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    child.kill()
        if last:
            return
        over.wait(0.02)
