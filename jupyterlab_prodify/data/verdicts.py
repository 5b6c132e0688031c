"""What DVC has said of data counts as long as neither the data nor what it is compared with has changed.

DVC looks at every file and at its own records to tell what has changed. Names, sizes and times of files are read here
in a fraction of that time; where they are as they were when DVC was asked, its answer still holds.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import struct
import time
from collections.abc import Iterator
from pathlib import Path

from jupyterlab_prodify.data.items import Item, content_at
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.dvc_file import object_path, outputs_of
from jupyterlab_prodify.vcs.git import folders_of

# A file system notes times in steps: a change within the step in which DVC looked would not show.
_STEP_NS = 50_000_000
_FACTS = struct.Struct("<QQqq")


class Verdicts:
    """The last answers of DVC, by ``.dvc`` file."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[bytes, bool]] = {}

    def changed(self, workspace: Workspace, items: list[Item]) -> set[str]:
        """Paths of the items, all of which are on disk, that are not as their ``.dvc`` files say. DVC is asked only
        about those of which it is not known."""
        now = time.time_ns()
        signatures = {item.file: signature(workspace, item) for item in items}
        asked = [item for item in items if self._verdict(item, signatures[item.file].digest) is None]
        if asked:
            found = workspace.dvc("changed", files=[workspace.dvc_path(item.file) for item in asked])
            differ = {workspace.from_dvc(path) for kind in ("changed", "missing") for path in found[kind]}
            for item in asked:
                taken = signatures[item.file]
                if taken.newest < now - _STEP_NS:
                    self._known[item.file] = (taken.digest, item.path in differ)
                else:
                    self._known.pop(item.file, None)
        else:
            differ = set()
        known = {item.path for item in items if item not in asked and self._known[item.file][1]}
        return known | (differ & {item.path for item in asked})

    def _verdict(self, item: Item, digest: bytes) -> bool | None:
        known = self._known.get(item.file)
        return known[1] if known is not None and known[0] == digest else None


class Signature:
    """``digest`` is equal where nothing has changed; ``newest`` is the latest time of a change, in ns."""

    def __init__(self) -> None:
        self._hash = hashlib.blake2b(digest_size=16)
        self.newest = 0

    @property
    def digest(self) -> bytes:
        return self._hash.digest()

    def add(self, name: bytes, facts: os.stat_result | None) -> None:
        self._hash.update(name)
        if facts is None:
            self._hash.update(b"\0-")
            return
        self._hash.update(_FACTS.pack(facts.st_ino, facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns))
        self.newest = max(self.newest, facts.st_mtime_ns, facts.st_ctime_ns)

    def text(self, text: bytes) -> None:
        self._hash.update(text + b"\0")


def signature(workspace: Workspace, item: Item) -> Signature:
    """Of the data, its ``.dvc`` file, the rules of what DVC ignores, and of what the cache knows of a folder."""
    found = Signature()
    text = content_at(workspace, item, None) or b""
    found.text(text)
    for rules in _rules(item.path):
        found.add(rules.encode("utf-8", "surrogateescape"), _stat(workspace.place(rules)))
    for output in outputs_of(text) if _may_be_folder(text) else []:
        if output.hash is not None and output.is_folder:
            kept = object_path(workspace.cache, output.hash, output.legacy).is_file()
            found.text(b"kept" if kept else b"lost")
    _add_files(found, workspace.place(item.path))
    return found


def _may_be_folder(text: bytes) -> bool:
    return b".dir" in text


def _rules(path: str) -> Iterator[str]:
    yield ".dvcignore"
    yield from (f"{folder}/.dvcignore" for folder in folders_of(path))


def _add_files(found: Signature, place: Path) -> None:
    found.add(b".", _stat(place))
    folders = [os.fspath(place)] if place.is_dir() else []
    while folders:
        folder = folders.pop()
        found.text(os.fsencode(folder))
        with contextlib.suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=True):
                    if not entry.is_symlink():
                        folders.append(entry.path)
                else:
                    found.add(os.fsencode(entry.name), _stat_of(entry))


def _stat_of(entry: os.DirEntry[str]) -> os.stat_result | None:
    try:
        return entry.stat()
    except OSError:
        return None


def _stat(place: Path) -> os.stat_result | None:
    try:
        return place.stat()
    except OSError:
        return None
