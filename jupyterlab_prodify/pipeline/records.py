"""What has become of each stage, on disk, so that every program sees it::

.dvc/tmp/prodify/state.json   runs.lock   logs/STAGE.txt   kept/
"""

from __future__ import annotations

import codecs
import contextlib
import hashlib
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from jupyterlab_prodify.api.jobs import JobLog
from jupyterlab_prodify.api.pipeline import RunState, StageOutcome
from jupyterlab_prodify.pipeline.errors import RunInProgressError

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int, shared: bool) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int, shared: bool) -> None:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)


_TRIES = 20
_PAUSE_SECONDS = 0.05
_LOG_PART = 64 * 1024
_TAIL = 8 * 1024


class StageRecord(msgspec.Struct):
    """The last that happened to a stage. ``run`` is the run that it belongs to; ``where`` is what its executor knows it
    by; ``reads`` is a digest of what it read; ``duration`` is that of its last command that ended well."""

    run: str
    state: Literal["queued", "running", "ended"] = "queued"
    outcome: StageOutcome | None = None
    started: float | None = None
    ended: float | None = None
    duration: float | None = None
    error: str | None = None
    reads: str | None = None
    where: str | None = None


class RunRecord(msgspec.Struct):
    """A run: of which job and process it is, and which stages it was to look at."""

    id: str
    job: str | None
    process: int
    started: float
    state: RunState = "running"
    ended: float | None = None
    planned: list[str] = []
    notes: list[str] = []


class State(msgspec.Struct):
    """All of it: the last run, and each stage that ever ran here."""

    run: RunRecord | None = None
    stages: dict[str, StageRecord] = {}


class Records:
    """The records of the project whose folder this is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def load(self) -> State:
        """As it is now; empty where there is nothing, or what another version wrote."""
        try:
            return msgspec.json.decode((self.folder / "state.json").read_bytes(), type=State)
        except (OSError, msgspec.DecodeError):
            return State()

    def save(self, state: State) -> None:
        """So that a reader sees the old or the new one. Expects to be the one who runs."""
        temporary = self.folder / "state.tmp"
        temporary.write_bytes(msgspec.json.encode(state))
        os.replace(temporary, self.folder / "state.json")

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Be the one who runs stages here; the system ends that with the process.

        Raises:
            RunInProgressError: somebody else is.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(self.folder / "runs.lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._take(descriptor)
            yield
        finally:
            os.close(descriptor)

    def _take(self, descriptor: int) -> None:
        for _ in range(_TRIES):
            with contextlib.suppress(OSError):
                _try_lock(descriptor, shared=False)
                return
            time.sleep(_PAUSE_SECONDS)  # somebody may only be looking
        raise RunInProgressError

    def is_running(self) -> bool:
        """Somebody runs stages here."""
        try:
            descriptor = os.open(self.folder / "runs.lock", os.O_RDWR)
        except OSError:
            return False
        try:
            _try_lock(descriptor, shared=True)
        except OSError:
            return True
        finally:
            os.close(descriptor)
        return False

    # -- logs ---------------------------------------------------------------------------------------------------------

    def log_file(self, stage: str) -> Path:
        plain = re.sub(r"[^\w.@-]+", "_", stage)[:80]
        name = plain if plain == stage else f"{plain}-{hashlib.sha256(stage.encode()).hexdigest()[:8]}"
        return self.folder / "logs" / f"{name}.txt"

    def log(self, stage: str, offset: int) -> JobLog:
        """A part of the log of a stage's last run, from a byte on; empty at its end."""
        try:
            with open(self.log_file(stage), "rb") as handle:
                handle.seek(offset)
                data = handle.read(_LOG_PART)
        except FileNotFoundError:
            data = b""
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        text = decoder.decode(data)
        half = len(decoder.getstate()[0])  # of a character that is not all there yet
        return JobLog(text=text, next_offset=offset + len(data) - half)

    def last_lines(self, stage: str) -> list[str]:
        """The last lines of a stage's log that say something; progress bars count as they are now."""
        try:
            with open(self.log_file(stage), "rb") as handle:
                handle.seek(0, os.SEEK_END)
                handle.seek(max(0, handle.tell() - _TAIL))
                text = handle.read().decode("utf-8", "replace")
        except OSError:
            return []
        lines = [_plain(line.split("\r")[-1] or line.rstrip("\r").split("\r")[-1]) for line in text.split("\n")]
        return [line for line in lines if line.strip()]


def _plain(line: str) -> str:
    """Without the codes of colours."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", line).rstrip()
