"""The journal: what a transaction is about to do, on disk before it does it.

A journal is first written as not ``ready``: only staged files exist, and undoing means removing them. Once all of them
are complete it is replaced by a ``ready`` one: from then on the transaction counts as decided.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from jupyterlab_prodify.project.steps import Step


def state_folder() -> Path:
    """Where journals live: a folder of the user, outside every project.

    It is Jupyter's data folder; where there is none that can be written, as in some containers, the folder for
    temporary files.

    Raises:
        OSError: neither can be written, or the latter belongs to somebody else.
    """
    from jupyter_core.paths import jupyter_data_dir

    usual = Path(jupyter_data_dir()) / "prodify"
    with contextlib.suppress(OSError):
        return _make_private(usual)
    return _make_private(Path(tempfile.gettempdir()) / f"prodify-{_user()}")


def _user() -> int:
    """Not the name: in containers a user often has none."""
    return os.getuid() if hasattr(os, "getuid") else 0


def _make_private(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not os.access(folder, os.W_OK) or folder.stat().st_uid != _user():
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    return folder


def lock_file() -> Path:
    """Held by whoever writes. There is one per user, because servers and terminals see a file under several roots."""
    return state_folder() / "lock"


class _Record(msgspec.Struct):
    ready: bool
    steps: list[Step]


@dataclass
class Journal:
    """One transaction on disk. Expects that the lock is held."""

    path: Path
    steps: list[Step] = field(default_factory=list)
    ready: bool = False

    def save(self, ready: bool) -> None:
        """Write it so that after a power failure it is there whole or not at all."""
        self.ready = ready
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary = self.path.with_suffix(".tmp")
        write_durably(temporary, msgspec.json.encode(_Record(ready, self.steps)))
        os.replace(temporary, self.path)
        sync_folder(self.path.parent)

    def close(self) -> None:
        """The transaction is over: remove what was staged, then the journal."""
        for step in self.steps:
            step.discard()
        self.path.unlink(missing_ok=True)


def new_journal() -> Journal:
    """A journal under a name that nobody uses."""
    return Journal(state_folder() / "journal" / f"{secrets.token_hex(6)}.json")


def open_journals() -> list[Journal]:
    """Journals that killed processes left, the oldest first."""
    folder = state_folder() / "journal"
    paths = sorted(folder.glob("*.json"), key=lambda path: path.stat().st_mtime_ns)
    found: list[Journal] = []
    for path in paths:
        try:
            record = msgspec.json.decode(path.read_bytes(), type=_Record)
        except msgspec.DecodeError:
            continue  # of another version; its own version will finish it
        found.append(Journal(path, record.steps, record.ready))
    return found


def write_durably(path: Path, data: bytes) -> None:
    """Write a file and wait until it is on the disk."""
    with open(path, "wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk, where the system can do that."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
