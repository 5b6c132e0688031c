"""Versioned data, beside the command line of DVC and Git in the same run: status, add, memory.

Ratios count, not times: 0.2 means a fifth of what the command line takes. Needs about 5 GiB of disk for a moment; the
part with the large file is left out where there is less.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.timing import Row, milliseconds
from jupyterlab_prodify.data.add import add
from jupyterlab_prodify.data.versions import status
from jupyterlab_prodify.data.workspace import Workspace

TIMES = 7
LARGE = 2 << 30
MANY = 100_000
_SPARE = 3 * LARGE
_BLOCK = 1 << 24
_DVC = (sys.executable, "-m", "dvc")
_SETTINGS = "[user]\n name = Ada\n email = ada@example.org\n[init]\n defaultBranch = main\n"


def rows() -> Iterator[Row]:
    """All of it; the order is from fast to slow."""
    yield from _status(100, 1 / 15)
    yield from _status(10_000, 1 / 5)
    yield from _large()
    yield from _memory()


# -- status -----------------------------------------------------------------------------------------------------------


def _status(files: int, limit: float) -> Iterator[Row]:
    with _project() as folder:
        _write_many(folder, files)
        with _opened(folder) as workspace:
            add(workspace, ["many"], "Data")
            time.sleep(0.2)  # longer than the step in which the file system notes times
            status(workspace)
            ours = [milliseconds(lambda: status(workspace)) for _ in range(TIMES)]
            theirs = [milliseconds(lambda: _command_line(folder)) for _ in range(TIMES)]
            what = f"data status of {files:,} files, of the command line"
            yield _ratio(what, ours, theirs, limit)
            (folder / "many/0/0.txt").write_text("changed")
            time.sleep(0.2)
            changed = milliseconds(lambda: status(workspace))
            yield _ratio(f"the first one after a file has changed, {files:,} files", [changed], theirs)


def _command_line(folder: Path) -> None:
    _run(folder, *_DVC, "data", "status")
    _run(folder, "git", "status")


# -- a large file -----------------------------------------------------------------------------------------------------


def _large() -> Iterator[Row]:
    what = "data add of 2 GiB, of `dvc add`"
    if shutil.disk_usage(tempfile.gettempdir()).free < _SPARE:
        yield Row(what, None, note="not enough room on the disk")
        return
    theirs, ours, gaps = [], [], []
    for _ in range(2):  # in turn, so that a busy moment meets both
        with _project() as folder:
            _write_large(folder)
            theirs.append(milliseconds(lambda: _run(folder, *_DVC, "add", "--quiet", "large.bin")))
        with _project() as folder:
            _write_large(folder)
            told: list[float] = []
            with _opened(folder, told.append) as workspace:
                status(workspace)
                assert workspace.cache  # the worker is warm, as where somebody looks at the panel
                told.append(time.monotonic())
                ours.append(milliseconds(lambda: add(workspace, ["large.bin"], "Data")))
                told.append(time.monotonic())
                gaps.append(max(after - before for before, after in itertools.pairwise(told)) * 1000)
                read = _read_bytes(workspace, lambda: add(workspace, ["large.bin"], "Data"))
    yield _ratio(what, ours, theirs, 1.1)
    yield Row("longest time without progress meanwhile", max(gaps), limit="500", holds=max(gaps) <= 500)
    megabytes = read / 1e6
    yield Row(
        "read when nothing has changed", megabytes, unit="MB", limit="20", holds=megabytes <= 20, note="of 2147 MB"
    )


def _read_bytes(workspace: Workspace, act: Callable[[], object]) -> int:
    """Bytes that the worker reads meanwhile."""
    before = _counted(workspace)
    act()
    return _counted(workspace) - before


def _counted(workspace: Workspace) -> int:
    text = Path(f"/proc/{workspace.worker_pid}/io").read_text()
    return int(text.split("rchar:")[1].split()[0])


# -- many files -------------------------------------------------------------------------------------------------------


def _memory() -> Iterator[Row]:
    with _project() as folder:
        _write_many(folder, MANY)
        with _opened(folder) as workspace, _sampled(workspace) as sizes:
            taken = milliseconds(lambda: add(workspace, ["many"], "Data")) / 1000
            time.sleep(0.5)
            status(workspace)
            time.sleep(1)
            rest = sizes[-1]
        what = f"memory of the worker at {MANY:,} files"
        yield Row(f"{what}, at rest", rest, unit="MB", limit="200", holds=rest <= 200, note="0: it has ended by itself")
        yield Row(f"{what}, the most", max(sizes), unit="MB", note=f"for a moment; the add took {taken:.0f} s")


@contextlib.contextmanager
def _sampled(workspace: Workspace) -> Iterator[list[float]]:
    """Resident MB of the worker over time; 0 while it does not run."""
    sizes = [0.0]
    over = threading.Event()

    def sample() -> None:
        while not over.wait(0.2):
            sizes.append(_resident(workspace.worker_pid))

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield sizes
    finally:
        over.set()
        thread.join()


def _resident(pid: int | None) -> float:
    try:
        text = Path(f"/proc/{pid}/status").read_text()
        return int(text.split("VmRSS:")[1].split()[0]) * 1024 / 1e6
    except (OSError, IndexError):
        return 0.0


# -- projects ---------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def _project() -> Iterator[Path]:
    """A Git repository and DVC project that goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="prodify-bench-") as place:
        settings = Path(place, "gitconfig")
        settings.write_text(_SETTINGS)
        os.environ |= {"GIT_CONFIG_GLOBAL": str(settings), "GIT_CONFIG_NOSYSTEM": "1", "DVC_NO_ANALYTICS": "1"}
        folder = Path(place, "project")
        folder.mkdir()
        _run(folder, "git", "init", "--quiet")
        _run(folder, *_DVC, "init", "--quiet")
        _run(folder, "git", "commit", "--quiet", "--message", "Start")
        yield folder


@contextlib.contextmanager
def _opened(folder: Path, told: Callable[[float], None] | None = None) -> Iterator[Workspace]:
    workspace = Workspace(folder, on_progress=lambda progress: told(time.monotonic()) if told else None)
    try:
        yield workspace
    finally:
        workspace.close()


def _write_many(folder: Path, files: int) -> None:
    for number in range(files):
        place = folder / f"many/{number // 1000}/{number % 1000}.txt"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"{number}\n")


def _write_large(folder: Path) -> None:
    block = os.urandom(_BLOCK)
    with open(folder / "large.bin", "wb") as target:
        for turn in range(LARGE // _BLOCK):
            target.write(block[turn:] + block[:turn])
        target.flush()
        os.fsync(target.fileno())


def _run(folder: Path, *words: str) -> None:
    subprocess.run(words, cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _ratio(what: str, ours: list[float], theirs: list[float], limit: float | None = None) -> Row:
    ratio = statistics.median(ours) / statistics.median(theirs)
    note = f"{statistics.median(ours):,.0f} ms of {statistics.median(theirs):,.0f} ms"
    shown, holds = (f"{limit:.2g}", ratio <= limit) if limit is not None else ("", None)
    return Row(what, round(ratio, 3), unit="×", limit=shown, holds=holds, note=note)
