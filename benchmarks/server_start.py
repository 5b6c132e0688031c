"""What importing and loading the server extension adds to the start of the server."""

from __future__ import annotations

import statistics
import subprocess
import sys
from collections.abc import Iterator

from benchmarks.timing import Row, row

TIMES = 15
LATE = ("libcst", "nbclient", "dvc", "mlflow", "pandas", "numpy", "git")

_MEASURE = """
import sys, time
import jupyter_server.serverapp, jupyter_server.extension.application
before = set(sys.modules)
began = time.perf_counter()
import jupyterlab_prodify
for point in jupyterlab_prodify._jupyter_server_extension_points():
    __import__(point["module"])
print((time.perf_counter() - began) * 1000, *sorted({name.split(".")[0] for name in set(sys.modules) - before}))
"""


def rows() -> Iterator[Row]:
    """Milliseconds after jupyter_server is imported, each in a new process; and what it loads."""
    runs = [_run() for _ in range(TIMES)]
    if not all(runs):
        yield row("server start, importing the extension", [], note="the server extension cannot be imported")
        return
    figures = [float(run.split()[0]) for run in runs]
    loaded = set(runs[0].split()[1:])
    heavy = sorted(loaded & set(LATE))
    note = f"loads early: {', '.join(heavy)}" if heavy else "libcst, nbclient, dvc are not loaded"
    yield row("server start, importing the extension", figures, 60, note=note)
    base = [_seconds("import jupyter_server.serverapp") for _ in range(5)]
    yield row("server start, importing jupyter_server itself", [statistics.median(base)])


def _run() -> str:
    done = subprocess.run([sys.executable, "-c", _MEASURE], capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def _seconds(code: str) -> float:
    timed = f"import time; began = time.perf_counter(); {code}; print((time.perf_counter() - began) * 1000)"
    done = subprocess.run([sys.executable, "-c", timed], capture_output=True, text=True, check=True)
    return float(done.stdout)
