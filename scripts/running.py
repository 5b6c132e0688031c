"""Run a command to its end, quietly or not, and never leave its children behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from scripts.places import ROOT, STATE, environment

TAIL = 60
"""How many lines of a failed command's output are shown; the rest is in the log."""


@dataclass(frozen=True)
class Outcome:
    """How a command ended; ``log`` holds its output where it was not shown."""

    ok: bool
    log: Path | None = None
    reason: str = ""


def run(
    name: str,
    command: Sequence[str],
    *,
    cwd: Path = ROOT,
    shown: bool = False,
    seconds: float = 1800,
    extra: Mapping[str, str] | None = None,
) -> Outcome:
    """Run a command; its output goes to the terminal when ``shown``, else to ``.make/<name>.log``.

    ``extra`` are further environment variables. A command that takes longer than ``seconds`` is ended with all its
    children and counts as failed.
    """
    STATE.mkdir(exist_ok=True)
    log = None if shown else STATE / f"{name}.log"
    env = {**environment(), **(extra or {})}
    try:
        with nullcontext() if log is None else log.open("wb") as out:
            sys.stdout.flush()
            errors = None if out is None else subprocess.STDOUT
            process = subprocess.Popen(command, cwd=cwd, env=env, start_new_session=True, stdout=out, stderr=errors)
            reason = _finish(process, seconds)
        return Outcome(not reason, log, reason)
    except FileNotFoundError as error:
        return Outcome(False, None, f"{error.filename or command[0]} was not found")


def _finish(process: subprocess.Popen[bytes], seconds: float) -> str:
    """Why the command failed, empty when it did not; on a time-out or Ctrl-C the whole process group is ended."""
    try:
        code = process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        _end_group(process)
        return f"ended after {seconds:.0f} s"
    except KeyboardInterrupt:
        _end_group(process)
        raise
    return "" if code == 0 else f"exit code {code}"


def _end_group(process: subprocess.Popen[bytes]) -> None:
    """Ask the group to end, then end it."""
    for how, patience in ((signal.SIGTERM, 5.0), (signal.SIGKILL, 5.0)):
        try:
            os.killpg(process.pid, how)
            process.wait(timeout=patience)
        except ProcessLookupError:
            return
        except subprocess.TimeoutExpired:
            continue


def tail_of(outcome: Outcome) -> str:
    """The end of a failed command's output and where the rest is."""
    if outcome.log is None:
        return f"  {outcome.reason}\n" if outcome.reason else ""
    lines = outcome.log.read_text(encoding="utf-8", errors="replace").splitlines()
    shown = "".join(f"  {line}\n" for line in lines[-TAIL:])
    more = f"  (the whole output: {outcome.log.relative_to(ROOT)})\n" if len(lines) > TAIL else ""
    return f"{shown}{more}  {outcome.reason}\n"
