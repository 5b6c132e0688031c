"""Write several files: all of them or none, whatever happens in between.

1. Every new content is written to a temporary file beside its target and flushed to disk.
2. A journal that names targets, temporary files and hashes is written to a folder of the user.
3. The temporary files are renamed over their targets, and the journal is removed.

When the process dies before the journal is complete, everything is as before and the next ``recover`` removes the
temporary files; when it dies later, the next ``recover`` does the renames that are missing. A file that somebody has
changed in the meantime is never overwritten: ``recover`` leaves it and says so. New folders appear by one rename.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import stat
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jupyterlab_prodify.project.errors import ChangedError, ForbiddenPathError
from jupyterlab_prodify.project.text_file import hash_of

_MARK = ".prodify-"
_locks: dict[str, threading.RLock] = {}
_locks_guard = threading.Lock()


@dataclass(frozen=True)
class Write:
    """One file: ``before`` is the hash that it must have (None: it must not exist), ``data`` its new content (None:
    remove it). ``label`` is the name of the file in messages."""

    path: Path
    before: str | None
    data: bytes | None
    label: str


@dataclass
class _Step:
    """One rename of the journal. ``temporary`` is None where the target is removed."""

    target: str
    temporary: str | None
    before: str | None
    after: str | None


def state_folder() -> Path:
    """Where journals live: a folder of the user, outside every project."""
    from jupyter_core.paths import jupyter_data_dir

    return Path(jupyter_data_dir()) / "prodify" / "journal"


def write_all(root: Path, writes: Sequence[Write]) -> None:
    """Write all files or none.

    Raises:
        ChangedError: a file does not have the expected hash (or exists although it must not).
        ForbiddenPathError: a file or its folder cannot be written.
    """
    with _locked(root):
        recover(root)
        for write in writes:
            _check(write)
        _Transaction(root, writes).run()


def recover(root: Path) -> list[str]:
    """Finish or undo what a killed process left; returns the files that could not be finished because somebody
    changed them since."""
    with _locked(root):
        journal = _journal_path(root)
        try:
            record = json.loads(journal.read_text("utf-8"))
        except FileNotFoundError:
            return []
        except ValueError:
            record = {"ready": False, "steps": [], "scratch": []}
        left = _roll_forward(record["steps"]) if record["ready"] else []
        for scratch in record["scratch"]:
            _discard(Path(scratch))
        journal.unlink(missing_ok=True)
        return left


# -- checks -------------------------------------------------------------------------------------------------------


def current_hash(path: Path) -> str | None:
    """Hash of the file as it is now; None when there is none."""
    try:
        return hash_of(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (IsADirectoryError, PermissionError) as error:
        raise ForbiddenPathError(f"`{path.name}` cannot be read: {error.strerror}.", path.name) from error


def _check(write: Write) -> None:
    now = current_hash(write.path)
    if now != write.before:
        what = "has appeared" if write.before is None else "was removed" if now is None else "has changed"
        raise ChangedError(
            f"`{write.label}` {what} since the plan was made; nothing was written.", write.label, "Plan again."
        )
    _check_writable(write)


def _check_writable(write: Write) -> None:
    existing = write.path if write.path.exists() else _existing_parent(write.path)
    # The mode is looked at as well, because the superuser may write what is marked read-only.
    read_only = not existing.stat().st_mode & stat.S_IWUSR
    folder = existing if existing.is_dir() else existing.parent
    if read_only or not os.access(existing, os.W_OK) or not os.access(folder, os.W_OK):
        name = write.label if existing == write.path else existing.name
        raise ForbiddenPathError(
            f"`{name}` is read-only; nothing was written.", write.label, "Make it writable, or choose another module."
        )


def _existing_parent(path: Path) -> Path:
    parent = path.parent
    while not parent.exists():
        parent = parent.parent
    if not parent.is_dir():
        raise ForbiddenPathError(f"`{parent.name}` is a file, not a folder.", parent.name, "Choose another path.")
    return parent


# -- the transaction ----------------------------------------------------------------------------------------------


class _Transaction:
    def __init__(self, root: Path, writes: Sequence[Write]) -> None:
        self._journal = _journal_path(root)
        self._writes = writes
        self._steps: list[_Step] = []
        self._scratch: list[str] = []
        self._new_folders: dict[Path, Path] = {}

    def run(self) -> None:
        self._reserve()
        self._record(ready=False)
        try:
            self._stage()
        except OSError as error:
            self._abandon()
            raise ForbiddenPathError(
                f"Nothing was written: {error.strerror or error}.", None, "Make room on the disk or check the folder."
            ) from error
        except BaseException:
            self._abandon()
            raise
        self._record(ready=True)
        _roll_forward([vars(step) for step in self._steps])
        for scratch in self._scratch:
            _discard(Path(scratch))
        self._journal.unlink(missing_ok=True)

    def _reserve(self) -> None:
        """Choose the names of all temporary files before one is made, so that the journal can name them."""
        for write in self._writes:
            folder = self._new_folder(write.path)
            if folder is None:
                temporary = str(_temporary_name(write.path)) if write.data is not None else None
                self._scratch += [temporary] if temporary else []
                after = hash_of(write.data) if write.data is not None else None
                self._steps.append(_Step(str(write.path), temporary, write.before, after))
            elif folder not in self._new_folders:
                staged = _temporary_name(folder)
                self._new_folders[folder] = staged
                self._scratch.append(str(staged))
                self._steps.append(_Step(str(folder), str(staged), None, "folder"))

    def _new_folder(self, path: Path) -> Path | None:
        """The highest folder above ``path`` that does not exist yet."""
        missing = [parent for parent in path.parents if not parent.exists()]
        return missing[-1] if missing else None

    def _stage(self) -> None:
        for write in self._writes:
            if write.data is None:
                continue
            folder = self._new_folder(write.path)
            if folder is not None:
                staged = self._new_folders[folder] / write.path.relative_to(folder)
                staged.parent.mkdir(parents=True, exist_ok=True)
                _write_durably(staged, write.data, None)
            else:
                step = next(step for step in self._steps if step.target == str(write.path))
                _write_durably(Path(str(step.temporary)), write.data, write.path)

    def _record(self, ready: bool) -> None:
        self._journal.parent.mkdir(parents=True, exist_ok=True)
        record = {"ready": ready, "steps": [vars(step) for step in self._steps], "scratch": self._scratch}
        temporary = self._journal.with_suffix(".new")
        _write_durably(temporary, json.dumps(record).encode(), None)
        os.replace(temporary, self._journal)

    def _abandon(self) -> None:
        for scratch in self._scratch:
            _discard(Path(scratch))
        self._journal.unlink(missing_ok=True)


def _temporary_name(path: Path) -> Path:
    token = next(tempfile._get_candidate_names())  # type: ignore[attr-defined]
    return path.with_name(f".{path.name}{_MARK}{token}")


def _write_durably(path: Path, data: bytes, like: Path | None) -> None:
    with open(path, "wb") as handle:
        handle.write(data)
        handle.flush()
        os.fsync(handle.fileno())
    if like is not None and like.exists():
        shutil.copymode(like, path)
        with contextlib.suppress(OSError):
            owner = like.stat()
            os.chown(path, owner.st_uid, owner.st_gid)


def _roll_forward(steps: Sequence[dict[str, str | None]]) -> list[str]:
    """Do each step that is not done yet; returns the targets that somebody else has changed."""
    left: list[str] = []
    for step in steps:
        target, temporary = Path(str(step["target"])), step["temporary"]
        if step["after"] == "folder":
            _place_folder(target, Path(str(temporary)), left)
        elif temporary is None:
            _remove(target, step["before"], left)
        elif Path(temporary).exists():
            if current_hash(target) == step["before"]:
                os.replace(temporary, target)
                _sync_folder(target.parent)
            else:
                left.append(str(target))
    return left


def _place_folder(target: Path, staged: Path, left: list[str]) -> None:
    if not staged.exists():
        return
    if target.exists():
        left.append(str(target))
        return
    os.rename(staged, target)
    _sync_folder(target.parent)


def _remove(target: Path, before: str | None, left: list[str]) -> None:
    now = current_hash(target)
    if now is None:
        return
    if now != before:
        left.append(str(target))
        return
    target.unlink()
    _drop_empty_folder(target.parent)


def _drop_empty_folder(folder: Path) -> None:
    """Undoing a new package removes its folder too, when nothing but caches is in it."""
    rest = [entry.name for entry in folder.iterdir()]
    if rest == ["__pycache__"]:
        shutil.rmtree(folder / "__pycache__", ignore_errors=True)
        rest = []
    if not rest:
        with contextlib.suppress(OSError):
            folder.rmdir()


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _discard(path: Path) -> None:
    if _MARK not in path.name:
        return
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def _journal_path(root: Path) -> Path:
    return state_folder() / (hashlib.sha256(str(root.resolve()).encode()).hexdigest()[:24] + ".json")


@contextlib.contextmanager
def _locked(root: Path) -> Iterator[None]:
    """One writer per root: threads of this process by a lock, other processes by a locked file."""
    key = str(root.resolve())
    with _locks_guard:
        lock = _locks.setdefault(key, threading.RLock())
    with lock, _file_lock(_journal_path(root).with_suffix(".lock"), key):
        yield


_held = threading.local()


@contextlib.contextmanager
def _file_lock(path: Path, key: str) -> Iterator[None]:
    held: set[str] = _held.__dict__.setdefault("keys", set())
    if key in held:
        yield
        return
    try:
        import fcntl
    except ImportError:  # no advisory locks on this system; the lock of the process still holds
        yield
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        held.add(key)
        try:
            yield
        finally:
            held.discard(key)
