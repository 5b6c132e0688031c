"""DVC's progress bars as messages, at most twenty a second whatever the number of bars.

DVC shows no bar while it hashes a single file, which takes long for a large one. What the process reads is counted by
the system then.
"""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

Report = Callable[[dict[str, Any]], None]
_PAUSE_SECONDS = 0.05
_LOOK_SECONDS = 0.25
_HASHING = "Hashing"


def report_progress(report: Report) -> None:
    """From now on DVC's bars call ``report`` and draw nothing. Expects ``DVC_IGNORE_ISATTY=1`` in the environment."""
    import dvc.progress
    import dvc_data.callbacks

    bar = _reporting_bar(dvc.progress.Tqdm, report)
    dvc.progress.Tqdm = bar  # before the modules that take the name from there are imported
    dvc_data.callbacks.Tqdm = bar

    import dvc.fs.callbacks

    dvc.fs.callbacks.Tqdm = bar


def _reporting_bar(base: Any, report: Report) -> Any:
    nowhere = open(os.devnull, "w")  # noqa: SIM115  (it lives as long as the process)
    last = 0.0

    class Bar(base):  # type: ignore[misc]
        def __init__(self, *arguments: Any, **named: Any) -> None:
            super().__init__(*arguments, **{**named, "file": nowhere, "mininterval": _PAUSE_SECONDS})

        def display(self, msg: Any = None, pos: Any = None) -> bool:
            nonlocal last
            now = time.monotonic()
            if now - last >= _PAUSE_SECONDS:
                last = now
                phase = str(self.desc or "").rstrip(": ")
                report({"phase": phase, "done": self.n, "total": self.total, "unit": self.unit})
            return True

    return Bar


@contextlib.contextmanager
def report_reading(report: Report, total: int) -> Iterator[None]:
    """While this lasts and nothing else is told, tell how many bytes of ``total`` the process has read. Nothing where
    the system does not count them."""
    before = _read()
    if before is None:
        yield
        return
    over = threading.Event()

    def watch() -> None:
        last = before
        while not over.wait(_LOOK_SECONDS):
            now = _read() or last
            if last < now and now - before <= total:  # what is read a second time is copied, and has a bar
                report({"phase": _HASHING, "done": now - before, "total": total, "unit": "B"})
            last = now

    thread = threading.Thread(target=watch, daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _read() -> int | None:
    """Bytes that this process has read so far, as Linux counts them."""
    try:
        with open("/proc/self/io", encoding="ascii") as lines:
            return next((int(line.split()[1]) for line in lines if line.startswith("rchar:")), None)
    except (OSError, ValueError):
        return None
