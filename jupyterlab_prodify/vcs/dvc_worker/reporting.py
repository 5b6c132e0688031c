"""DVC's progress bars as messages, at most twenty a second whatever the number of bars."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any

Report = Callable[[dict[str, Any]], None]
_PAUSE_SECONDS = 0.05


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
