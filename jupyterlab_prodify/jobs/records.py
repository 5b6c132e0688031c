"""Jobs on disk. Each running service owns one folder; a lock in it tells whether the service still lives::

    FOLDER/OWNER/lock
    FOLDER/OWNER/JOB/job.json   log.txt

Several servers of one user can use the same FOLDER. What a dead one left is taken over by the next.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from jupyterlab_prodify.api.jobs import Job

if sys.platform == "win32":
    import msvcrt

    def _try_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _try_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Record(msgspec.Struct):
    """A job as it stands on disk. ``scratch`` is the folder that goes when the job ends."""

    job: Job
    scratch: str | None = None


class Remains(msgspec.Struct):
    """What is left of the job of a dead service. ``record`` is None where another version wrote it."""

    job_id: str
    record: Record | None = None
    scratch: str | None = None


class _OnlyScratch(msgspec.Struct):
    scratch: str | None = None


class Owner:
    """The folder of one service, locked as long as the service lives."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / secrets.token_hex(6)
        self.folder.mkdir(parents=True, mode=0o700)
        new = self.folder / "lock.new"
        self._lock = os.open(new, os.O_RDWR | os.O_CREAT, 0o600)
        _try_lock(self._lock)
        new.rename(self.folder / "lock")  # whoever sees it sees it locked

    def close(self) -> None:
        """Let go of the lock; a folder without jobs is removed."""
        os.close(self._lock)
        if not any(path.is_dir() for path in self.folder.iterdir()):
            shutil.rmtree(self.folder, ignore_errors=True)

    def job_folder(self, job_id: str) -> Path:
        return self.folder / job_id

    def log_file(self, job_id: str) -> Path:
        return self.job_folder(job_id) / "log.txt"

    def save(self, record: Record) -> None:
        """Write the record so that a reader sees the old or the new one."""
        folder = self.job_folder(record.job.id)
        folder.mkdir(exist_ok=True, mode=0o700)
        temporary = folder / "job.tmp"
        temporary.write_bytes(msgspec.json.encode(record))
        os.replace(temporary, folder / "job.json")

    def forget(self, job_id: str) -> None:
        """Remove the job from disk."""
        shutil.rmtree(self.job_folder(job_id), ignore_errors=True)

    def take_over(self) -> Iterator[Remains]:
        """The jobs of dead services. Their folders are now ours; those of unreadable records are gone."""
        for other in sorted(self.folder.parent.iterdir()):
            if other != self.folder and other.is_dir():
                with _lock_of_dead(other) as dead:
                    found = self._take(other) if dead else []
                yield from found

    def _take(self, other: Path) -> list[Remains]:
        found = []
        for folder in sorted(path for path in other.iterdir() if path.is_dir()):
            remains = _read(folder)
            if remains.record is not None:
                os.rename(folder, self.job_folder(remains.job_id))
            found.append(remains)
        shutil.rmtree(other, ignore_errors=True)
        return found


def _read(folder: Path) -> Remains:
    try:
        data = (folder / "job.json").read_bytes()
    except OSError:
        return Remains(folder.name)
    with contextlib.suppress(msgspec.DecodeError):
        record = msgspec.json.decode(data, type=Record)
        return Remains(folder.name, record, record.scratch)
    with contextlib.suppress(msgspec.DecodeError):
        return Remains(folder.name, scratch=msgspec.json.decode(data, type=_OnlyScratch).scratch)
    return Remains(folder.name)


@contextlib.contextmanager
def _lock_of_dead(folder: Path) -> Iterator[bool]:
    """Hold the lock of a folder whose service is dead; False when it lives, or another one is just taking over."""
    try:
        descriptor = os.open(folder / "lock", os.O_RDWR)
    except OSError:
        yield False
        return
    try:
        yield _is_free(descriptor)
    finally:
        os.close(descriptor)


def _is_free(descriptor: int) -> bool:
    try:
        _try_lock(descriptor)
    except OSError:
        return False
    return True
