"""What a killed action may have left, and how the next one repairs it.

- the person's index still shows the old files after a commit: it follows
- a ``.dvc`` file was half written: it gets its content from before
- a restore was interrupted: it is done again, after the present state was kept once more

A journal is on disk from before the first change to after the last.
"""

from __future__ import annotations

import contextlib
import os
import re
from pathlib import Path

import msgspec

from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.commit import recover_commit
from jupyterlab_prodify.vcs.dvc_file import outputs_of
from jupyterlab_prodify.vcs.git import Repository
from jupyterlab_prodify.vcs.own_index import own_folder

_PARTIAL = re.compile(r"\.[\w-]{22}\.tmp", re.ASCII)

Texts = dict[str, bytes | None]


class Journal(msgspec.Struct):
    """An action that is under way: ``texts`` are the small files that it may change, as they were (names in hex)."""

    action: str
    texts: dict[str, bytes | None]
    path: str = ""
    rev: str = ""
    backup: str = ""

    @staticmethod
    def of(action: str, texts: Texts, path: str = "", rev: str = "", backup: str = "") -> Journal:
        return Journal(action, {_hex(name): text for name, text in texts.items()}, _hex(path), rev, backup)

    def before(self) -> Texts:
        return {_name(name): text for name, text in self.texts.items()}

    @property
    def about(self) -> str:
        return _name(self.path)

    def save(self, repository: Repository) -> None:
        write_whole(_file(repository), msgspec.json.encode(self))


def open_journal(repository: Repository) -> Journal | None:
    """The action that was interrupted; None when there is none."""
    with contextlib.suppress(FileNotFoundError, msgspec.DecodeError):
        return msgspec.json.decode(_file(repository).read_bytes(), type=Journal)
    return None


def close_journal(repository: Repository) -> None:
    _file(repository).unlink(missing_ok=True)


def settle(workspace: Workspace) -> list[str]:
    """Repair what was left, except a restore, which ``restore.finish`` does; returns what a person should know."""
    notes = [f"The index follows an interrupted commit again: {name}" for name in recover_commit(workspace.repository)]
    journal = open_journal(workspace.repository)
    if journal is None:
        return notes
    for path, text in journal.before().items():
        if _is_half_written(workspace.place(path)):
            put_back(workspace, path, text)
            notes.append(f"{path} was half written when its process was killed; it is as it was before.")
    if remove_unfinished(workspace):
        notes.append("Files that DVC was copying to its cache when it was killed were removed from there.")
    if journal.action != "restore":
        close_journal(workspace.repository)
        notes.append("An interrupted `data add` was found; no data was lost. Do it again to complete it.")
    return notes


def remove_partial(workspace: Workspace, path: str) -> None:
    """Remove the files that DVC was writing at or beside ``path`` when it ended: they have its kind of name, and are
    not older than the journal."""
    since = _file(workspace.repository).stat().st_mtime_ns
    place = workspace.place(path)
    folders = [place.parent, *(Path(folder) for folder, _, _ in os.walk(place))]
    for found in (file for folder in folders if folder.is_dir() for file in folder.iterdir()):
        if _PARTIAL.fullmatch(found.name) and found.is_file() and found.stat().st_mtime_ns >= since:
            found.unlink()


def remove_unfinished(workspace: Workspace) -> int:
    """Remove what a killed DVC was about to copy to its cache: files of its kind of name that are not older than the
    journal. Returns how many there were."""
    try:
        since = _file(workspace.repository).stat().st_mtime_ns
    except FileNotFoundError:
        return 0
    removed = 0
    for found in workspace.default_cache.glob("files/md5/??/.*.tmp"):
        with contextlib.suppress(OSError):
            if _PARTIAL.fullmatch(found.name) and found.stat().st_mtime_ns >= since:
                found.unlink()
                removed += 1
    return removed


def take_texts(workspace: Workspace, paths: list[str]) -> Texts:
    """The content of small files as they are now; None where there is none."""
    texts: Texts = {}
    for path in paths:
        place = workspace.place(path)
        texts[path] = place.read_bytes() if place.is_file() else None
    return texts


def put_back(workspace: Workspace, path: str, text: bytes | None) -> None:
    """A small file gets this content again."""
    place = workspace.place(path)
    if text is None:
        place.unlink(missing_ok=True)
    elif not place.is_file() or place.read_bytes() != text:
        write_whole(place, text)


def write_whole(place: Path, data: bytes) -> None:
    """A reader sees the old content or the new one, also after a kill."""
    temporary = place.with_name(f".{place.name[:100]}.prodify")
    try:
        with open(temporary, "wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        if place.exists():
            os.chmod(temporary, place.stat().st_mode & 0o7777)
        os.replace(temporary, place)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _is_half_written(place: Path) -> bool:
    return place.suffix == ".dvc" and place.is_file() and not outputs_of(place.read_bytes())


def _file(repository: Repository) -> Path:
    return own_folder(repository) / "data.json"


def _hex(name: str) -> str:
    return os.fsencode(name).hex()


def _name(name: str) -> str:
    return os.fsdecode(bytes.fromhex(name))
