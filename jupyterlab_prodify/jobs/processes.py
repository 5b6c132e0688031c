"""Processes of a job: started with a mark in their environment, and all ended, whatever they do to get away.

The process group alone is not enough: a kernel makes a session of its own, and so does a command that a notebook runs
with ``!``. To a job belongs

- what carries its mark, which everything inherits that it starts;
- what runs in a session of one of these, or was started by one of these (``env -i`` clears the mark);
- what works in the job's scratch folder and has no terminal.

On Linux a process whose parent has ended becomes a child of the job's process (see ``adopt_orphans``), so that it is
found as long as that one lives. What has cleared its environment, made a session of its own, lost its parent and left
the folder is found there only; elsewhere, or after the job's process was killed from outside, it is not.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    import psutil

MARK = "PRODIFY_JOB"
_ROUNDS = 5
_ROUND_SECONDS = 2.0
_WAIT_SECONDS = 0.01
_PR_SET_CHILD_SUBREAPER = 36


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


def adopt_orphans() -> None:
    """Let descendants whose parents end become children of this process; on Linux, elsewhere nothing happens."""
    if sys.platform == "linux":
        import ctypes

        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end_marked(mark: str, scratch: Path | None = None, root: int | None = None) -> None:
    """End every process of a job, except this one, until there is none. ``scratch`` is the job's folder, ``root`` its
    first process: it is halted, so that it starts nothing, and ends last, when all that it has adopted is gone."""
    if root is not None and hasattr(signal, "SIGSTOP"):
        _send([process for process in marked(mark) if process.pid == root], signal.SIGSTOP)
    for _ in range(_ROUNDS):
        found = members(mark, scratch)
        if not found:
            return
        _send([process for process in found if process.pid != root] or found, None)
        deadline = time.monotonic() + _ROUND_SECONDS
        while time.monotonic() < deadline and any(_lives(p) for p in found if p.pid != root or len(found) == 1):
            time.sleep(_WAIT_SECONDS)


def marked(mark: str) -> list[psutil.Process]:
    """Processes that carry the mark, without this one and without those that have ended already."""
    import psutil

    return [p for p in psutil.process_iter() if p.pid != os.getpid() and _mark_of(p) == mark and _lives(p)]


def members(mark: str, scratch: Path | None = None) -> list[psutil.Process]:
    """All processes of the job, without this one and without those that have ended already."""
    import psutil

    everyone = {process.pid: process for process in psutil.process_iter()}
    here = os.getpid()
    inside = os.environ.get(MARK) == mark  # this is the job's own process
    own = {pid for pid, process in everyone.items() if _mark_of(process) == mark} | ({here} if inside else set())
    sessions = {_session_of(pid) for pid in own} - {None, *([] if inside else [_session_of(here)])}
    own |= {pid for pid in everyone if _session_of(pid) in sessions}
    if scratch is not None:
        own |= {pid for pid, process in everyone.items() if _works_in(process, scratch)}
    parents = {pid: _parent_of(process) for pid, process in everyone.items()}
    while more := {pid for pid, parent in parents.items() if parent in own} - own:
        own |= more
    return [everyone[pid] for pid in sorted(own - {here}) if pid in everyone and _lives(everyone[pid])]


def _send(processes: Sequence[psutil.Process], number: int | None) -> None:
    import psutil

    for process in processes:
        with contextlib.suppress(psutil.Error, OSError):
            process.kill() if number is None else process.send_signal(number)


def _lives(process: psutil.Process) -> bool:
    import psutil

    try:
        return bool(process.is_running() and process.status() != psutil.STATUS_ZOMBIE)
    except (psutil.Error, OSError):
        return False


def _mark_of(process: psutil.Process) -> str | None:
    import psutil

    with contextlib.suppress(psutil.Error, OSError, KeyError):
        return str(process.environ()[MARK])
    return None


def _parent_of(process: psutil.Process) -> int | None:
    import psutil

    with contextlib.suppress(psutil.Error, OSError):
        return int(process.ppid())
    return None


def _session_of(pid: int) -> int | None:
    with contextlib.suppress(OSError, AttributeError):
        return os.getsid(pid)
    return None


def _works_in(process: psutil.Process, folder: Path) -> bool:
    """A person who looks at the folder in a terminal is left alone."""
    import psutil

    with contextlib.suppress(psutil.Error, OSError):
        return Path(process.cwd()).is_relative_to(folder) and process.terminal() is None
    return False
