"""One step of a transaction: a file is created, replaced or removed, or a new folder appears.

A step knows three states: ``old`` (not done), ``new`` (done) and ``other`` (somebody has changed the target since).
``forward`` and ``back`` move between the first two by a single rename, link or removal; neither touches ``other``.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from jupyterlab_prodify.project.text_file import hash_of

State = Literal["old", "new", "other"]

_UNREADABLE = "unreadable"


class FileStep(msgspec.Struct, tag="file"):
    """``staged`` holds the finished new content, ``backup`` the old one; both lie beside the target."""

    target: str
    staged: str | None
    backup: str | None
    before: str | None
    after: str | None

    def state(self) -> State:
        now = _hash(Path(self.target))
        return "new" if now == self.after else "old" if now == self.before else "other"

    def can_go_forward(self) -> bool:
        return self.after is None or (self.staged is not None and _hash(Path(self.staged)) == self.after)

    def can_go_back(self) -> bool:
        return self.before is None or (self.backup is not None and _hash(Path(self.backup)) == self.before)

    def was_done(self) -> bool:
        """The target was renamed into place, whatever happened to it later."""
        if self.staged is None:
            return self.backup is None or not Path(self.backup).exists()
        staged, target = Path(self.staged), Path(self.target)
        return not staged.exists() or (target.exists() and staged.samefile(target))

    def forward(self) -> None:
        if self.staged is None:
            os.unlink(self.target)
        elif self.before is None:
            _place(Path(self.staged), Path(self.target))
        else:
            os.replace(self.staged, self.target)

    def back(self) -> None:
        if self.backup is None:
            os.unlink(self.target)
        else:
            os.replace(self.backup, self.target)

    def discard(self) -> None:
        for path in (self.staged, self.backup):
            if path is not None:
                Path(path).unlink(missing_ok=True)


class FolderStep(msgspec.Struct, tag="folder"):
    """A new folder with all its files; ``files`` are hashes by path inside it."""

    target: str
    staged: str
    files: dict[str, str]

    def state(self) -> State:
        target = Path(self.target)
        if not os.path.lexists(target) or (target.is_dir() and not any(target.iterdir())):
            return "old"
        return "new" if _hashes(target) == self.files else "other"

    def can_go_forward(self) -> bool:
        return _hashes(Path(self.staged)) == self.files

    def can_go_back(self) -> bool:
        return True

    def was_done(self) -> bool:
        return not Path(self.staged).exists()

    def forward(self) -> None:
        with contextlib.suppress(OSError):
            os.rmdir(self.target)
        os.rename(self.staged, self.target)

    def back(self) -> None:
        os.rename(self.target, self.staged)

    def discard(self) -> None:
        shutil.rmtree(self.staged, ignore_errors=True)

    def folders(self) -> Iterator[str]:
        """The new folders, the outer ones first."""
        inner = {str(parent) for name in self.files for parent in (Path(self.target) / name).parents}
        return iter(sorted(folder for folder in inner if Path(folder).is_relative_to(self.target)))


Step = FileStep | FolderStep


def _place(staged: Path, target: Path) -> None:
    """Give the finished file its name, unless somebody was faster: a link, unlike a rename, never replaces a file."""
    try:
        os.link(staged, target)
    except FileExistsError:
        raise
    except OSError:  # this file system has no hard links
        if os.path.lexists(target):
            raise FileExistsError(str(target)) from None
        os.rename(staged, target)
        return
    os.unlink(staged)


def _hash(path: Path) -> str | None:
    try:
        return hash_of(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return _UNREADABLE


def _hashes(folder: Path) -> dict[str, str | None]:
    """Hashes of all files below a folder, without Python's caches."""
    files = (path for path in folder.rglob("*") if not path.is_dir() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): _hash(path) for path in files}
