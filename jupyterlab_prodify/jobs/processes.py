"""Processes of a job: started with a mark in their environment, and all ended by it.

The process group alone is not enough: a kernel makes a session of its own, and so does a command that a notebook runs
with ``!``. Everything that a job starts inherits the mark, whatever group it moves to.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    import psutil

MARK = "PRODIFY_JOB"
_ROUNDS = 5
_ROUND_SECONDS = 2.0


def start_process(
    argv: Sequence[str], mark: str, folder: Path, environment: Mapping[str, str], log: BinaryIO
) -> subprocess.Popen[bytes]:
    """A process in a group of its own, with pipes for standard input and output; its standard error is the log.

    Raises:
        OSError: it does not start.
    """
    return subprocess.Popen(
        list(argv),
        cwd=folder,
        env={**os.environ, **environment, MARK: mark},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        start_new_session=sys.platform != "win32",
    )


def ask_to_end(process: subprocess.Popen[bytes], seconds: float) -> None:
    """Ask the process's group to end, and give it time to tidy up."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.terminate()
        else:
            os.killpg(process.pid, signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)


def end_marked(mark: str) -> None:
    """End every process that carries the mark, except this one, until there is none."""
    import psutil

    for _ in range(_ROUNDS):
        found = marked(mark)
        if not found:
            return
        for process in found:
            with contextlib.suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(found, timeout=_ROUND_SECONDS)


def marked(mark: str) -> list[psutil.Process]:
    """Processes that carry the mark, without this one and without those that have ended already."""
    import psutil

    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if process.pid == os.getpid() or process.environ().get(MARK) != mark:
                continue
            if process.status() != psutil.STATUS_ZOMBIE:
                found.append(process)
    return found
