"""Write several files: all of them or none, whatever happens in between.

1. A journal in a folder of the user names what is going to happen.
2. Every new content is written to a file beside its target, and every old one gets a second name; a new folder is
   built complete under another name.
3. The journal is marked as ready.
4. Renames put everything in its place, and the journal is removed.

A process that dies before 3 has changed nothing; one that dies later has decided, and the next ``recover`` (of any
server or terminal of this user) does the rest. An error during 4 takes everything back.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jupyterlab_prodify.project.errors import ChangedError, ForbiddenPathError, RequestError
from jupyterlab_prodify.project.journal import lock_file, new_journal, write_durably
from jupyterlab_prodify.project.lock import exclusive
from jupyterlab_prodify.project.recovery import complete, settle_all, take_back
from jupyterlab_prodify.project.steps import FileStep, FolderStep
from jupyterlab_prodify.project.text_file import current_hash, hash_of


@dataclass(frozen=True)
class Write:
    """One file: ``before`` is the hash that it must have (None: it must not exist), ``data`` its new content (None:
    remove it). ``label`` is the name of the file in messages. ``path`` has no symbolic links."""

    path: Path
    before: str | None
    data: bytes | None
    label: str


def write_all(writes: Sequence[Write]) -> None:
    """Write all files or none.

    Raises:
        RequestError: a file is named twice, or one is to be removed that must not exist.
        ChangedError: a file does not have the expected hash (or exists although it must not).
        ForbiddenPathError: a file or its folder cannot be written.
    """
    _check_sense(writes)
    with _as_forbidden(), exclusive(lock_file()):
        settle_all()
        for write in writes:
            _check(write)
        _Transaction(writes).run()


# -- checks -------------------------------------------------------------------------------------------------------


def _check_sense(writes: Sequence[Write]) -> None:
    seen: set[Path] = set()
    for write in writes:
        if write.path in seen:
            raise RequestError(f"`{write.label}` is named twice.", write.label, "Name each file once.")
        if write.before is None and write.data is None:
            raise RequestError(f"`{write.label}` has no text, before or after.", write.label, "Give a text.")
        seen.add(write.path)


def _check(write: Write) -> None:
    now = current_hash(write.path)
    if now != write.before:
        what = "has appeared" if write.before is None else "was removed" if now is None else "has changed"
        raise ChangedError(f"`{write.label}` {what} since the plan was made.", write.label, "Plan again.")
    check_writable(write.path, write.label)


def check_writable(path: Path, label: str) -> None:
    """A person can write this file, or make it where there is none.

    Raises:
        ForbiddenPathError: the file or its folder is read-only, or the folder is not a folder.
    """
    folder = path.parent
    while not folder.exists():
        folder = folder.parent
    if not folder.is_dir():
        raise ForbiddenPathError(f"`{folder.name}` is a file, not a folder.", label, "Choose another path.")
    for place in (path, folder):
        if place.exists() and _is_read_only(place):
            name = label if place == path else f"{place.name}/"
            remedy = "Make it writable, or choose another file."
            raise ForbiddenPathError(f"`{name}` is read-only.", label, remedy)


def _is_read_only(place: Path) -> bool:
    # The mode is looked at as well, because the superuser may write what is marked read-only.
    return not place.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH) or not os.access(place, os.W_OK)


@contextlib.contextmanager
def _as_forbidden() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ForbiddenPathError(
            f"The files cannot be written: {error.strerror or error}.",
            None,
            "Make room on the disk, or check the folder.",
        ) from error


# -- the transaction ----------------------------------------------------------------------------------------------


class _Transaction:
    """Expects that the lock is held and that every write was checked."""

    def __init__(self, writes: Sequence[Write]) -> None:
        self._journal = new_journal()
        self._mark = f".prodify-{self._journal.path.stem}"
        self._by_folder: dict[Path, list[Write]] = {}
        self._files: list[tuple[Write, FileStep]] = []
        for write in writes:
            self._add(write)

    def run(self) -> None:
        try:
            self._journal.save(ready=False)
            self._stage()
            self._journal.save(ready=True)
        except BaseException:
            self._journal.close()
            raise
        try:
            self._place()
        except (OSError, ChangedError):
            take_back(self._journal.steps)
            self._journal.close()
            raise
        self._journal.close()

    def _add(self, write: Write) -> None:
        """Choose all names before a file is made, so that the journal can hold them."""
        missing = [parent for parent in write.path.parents if not parent.exists()]
        if missing and write.data is not None:
            self._by_folder.setdefault(missing[-1], []).append(write)
            if len(self._by_folder[missing[-1]]) == 1:
                self._journal.steps.append(FolderStep(str(missing[-1]), self._beside(missing[-1], "new"), {}))
            self._folder_step(missing[-1]).files[write.path.relative_to(missing[-1]).as_posix()] = hash_of(write.data)
            return
        staged = self._beside(write.path, "new") if write.data is not None else None
        backup = self._beside(write.path, "old") if write.before is not None else None
        after = hash_of(write.data) if write.data is not None else None
        step = FileStep(str(write.path), staged, backup, write.before, after)
        self._journal.steps.append(step)
        self._files.append((write, step))

    def _folder_step(self, folder: Path) -> FolderStep:
        return next(step for step in self._journal.steps if isinstance(step, FolderStep) and step.target == str(folder))

    def _beside(self, path: Path, kind: str) -> str:
        return str(path.with_name(f"{self._mark}-{len(self._journal.steps)}.{kind}"))

    def _stage(self) -> None:
        for folder, writes in self._by_folder.items():
            staged = Path(self._folder_step(folder).staged)
            for write in writes:
                path = staged / write.path.relative_to(folder)
                path.parent.mkdir(parents=True, exist_ok=True)
                write_durably(path, write.data or b"")
        for write, step in self._files:
            if step.backup is not None:
                _second_name(write.path, Path(step.backup))
            if step.staged is not None:
                write_durably(Path(step.staged), write.data or b"")
                _copy_rights(write.path, Path(step.staged))

    def _place(self) -> None:
        for step in self._journal.steps:
            if step.state() == "other":
                label = Path(step.target).name
                raise ChangedError(f"`{label}` has just changed.", label, "Plan again.")
            if step.state() == "old":
                step.forward()
        complete(self._journal.steps)


def _second_name(path: Path, name: Path) -> None:
    try:
        os.link(path, name)
    except OSError:  # this file system has no hard links
        shutil.copy2(path, name)


def _copy_rights(like: Path, path: Path) -> None:
    """The new file gets mode, owner and attributes of the one that it replaces, but not its time."""
    if not like.exists():
        return
    owner = like.stat()
    with contextlib.suppress(OSError):
        os.chown(path, owner.st_uid, owner.st_gid)
    shutil.copystat(like, path)
    os.utime(path)
