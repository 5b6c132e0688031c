"""Run a program to its end: an argv list, a group of its own, a limit of time, and no question to a terminal."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from jupyterlab_prodify.vcs.errors import ProgramMissingError, TookTooLongError

# What a hook or an outer Git may have set: it would lead our processes to another repository or index.
_FOREIGN = (
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_COMMON_DIR",
    "GIT_PREFIX",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_NAMESPACE",
    "GIT_LITERAL_PATHSPECS",
)
# Without a terminal (the session is our own) ssh cannot ask there; it must not open a window either.
_QUIET = {"LC_ALL": "C", "GIT_TERMINAL_PROMPT": "0", "GIT_EDITOR": ":", "SSH_ASKPASS_REQUIRE": "never"}


@dataclass(frozen=True)
class Finished:
    """How a process ended, and what it said."""

    code: int
    out: bytes
    err: bytes

    @property
    def ok(self) -> bool:
        return self.code == 0

    @property
    def complaint(self) -> str:
        """Its standard error as text."""
        return self.err.decode("utf-8", "replace").strip()


def quiet_environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a process that asks nothing and speaks English."""
    own = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    return {**own, **_QUIET, **(extra or {})}


def run(
    argv: Sequence[str | bytes],
    folder: Path,
    extra: Mapping[str, str] | None = None,
    given: bytes = b"",
    seconds: float | None = None,
) -> Finished:
    """Run it and wait; after ``seconds``, or when the wait is interrupted, its whole group is ended.

    Raises:
        ProgramMissingError: there is no such program.
        TookTooLongError: it did not end in time.
    """
    try:
        process = subprocess.Popen(
            list(argv),
            cwd=folder,
            env=quiet_environment(extra),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=sys.platform != "win32",
        )
    except FileNotFoundError as error:
        name = os.fsdecode(argv[0])
        raise ProgramMissingError(f"`{name}` was not found.", f"Install {name}.") from error
    with process:
        try:
            out, err = process.communicate(given, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            end_group(process)
            name = " ".join(os.fsdecode(word) for word in argv[:2])
            raise TookTooLongError(f"`{name}` did not end within {seconds:g} s.", "Try again.") from error
        except BaseException:
            end_group(process)
            raise
    return Finished(process.returncode, out, err)


def end_group(process: subprocess.Popen[bytes]) -> None:
    """End the process and its group at once."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
