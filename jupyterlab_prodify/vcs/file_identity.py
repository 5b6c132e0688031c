"""Has a place in the file system changed since it was looked at? Told by its facts, without reading content."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable

_HOT_SECONDS = 0.1

Identity = object
"""Equal to another one of the same place when nothing has changed between. A place that was written to a moment ago
equals nothing, not even itself: clocks of file systems are coarse, and it may be written to again unnoticed."""


def identity(path: str) -> Identity:
    """Of one file, or of a folder's own list of entries; None when there is nothing."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return Changing(_facts(found)) if _is_hot(found) else _facts(found)


def own_identity(path: str) -> Identity:
    """Of a file that we have just written, and that nobody else writes at this moment: later writes are noticed."""
    try:
        return _Own(_facts(os.stat(path)))
    except OSError:
        return None


def tree_identity(path: str) -> Identity:
    """Of a file, or of a folder with all files below it."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    if not os.path.isdir(path):
        return Changing(_facts(found)) if _is_hot(found) else _facts(found)
    digest = hashlib.sha256()
    hot = _add_tree(path, digest.update)
    return Changing(digest.digest()) if hot else digest.digest()


class Changing:
    """Equals nothing. ``facts`` are what it was at the moment."""

    def __init__(self, facts: object) -> None:
        self.facts = facts

    def __eq__(self, other: object) -> bool:
        return False

    def __hash__(self) -> int:
        return id(self)


class _Own:
    def __init__(self, facts: object) -> None:
        self._facts = facts

    def __eq__(self, other: object) -> bool:
        if isinstance(other, _Own):
            return self._facts == other._facts
        return self._facts == (other.facts if isinstance(other, Changing) else other)

    def __hash__(self) -> int:
        return hash(self._facts)


def _facts(found: os.stat_result) -> tuple[int, int, int]:
    return found.st_ino, found.st_size, found.st_mtime_ns


def _is_hot(found: os.stat_result) -> bool:
    return abs(time.time() - found.st_mtime) < _HOT_SECONDS


def _add_tree(folder: str, add: Callable[[bytes], None]) -> bool:
    """Feed the facts of all files below a folder; True when one of them was written to a moment ago."""
    hot = False
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            try:
                found = entry.stat()
                is_folder = entry.is_dir()
            except OSError:
                continue
            facts = "" if is_folder else f"{found.st_ino} {found.st_size} {found.st_mtime_ns}"
            add(os.fsencode(entry.name) + b"\0" + facts.encode() + b"\0")
            hot |= _add_tree(entry.path, add) if is_folder else _is_hot(found)
            add(b"/" if is_folder else b"")
    return hot
