"""Folders that were made by an export. When their last file is removed again, they go too; others stay."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from jupyterlab_prodify.project.journal import state_folder, write_durably
from jupyterlab_prodify.project.steps import FileStep, FolderStep, Step


def note_folders(steps: Iterable[Step]) -> None:
    """Remember the folders that the steps have made, and remove those that the steps have emptied."""
    steps = list(steps)
    made = [folder for step in steps if isinstance(step, FolderStep) for folder in step.folders()]
    emptied = [Path(step.target).parent for step in steps if isinstance(step, FileStep) and step.after is None]
    if not made and not emptied:
        return
    known = {folder for folder in [*_read(), *made] if os.path.isdir(folder)}
    for folder in emptied:
        known.difference_update(_remove_upwards(folder, known))
    _write(known)


def _remove_upwards(folder: Path, known: set[str]) -> Iterator[str]:
    """Remove the folder and those above it while they are ours and empty; yields what was removed."""
    while str(folder) in known and _remove_if_empty(folder):
        yield str(folder)
        folder = folder.parent


def _remove_if_empty(folder: Path) -> bool:
    names = {entry.name for entry in folder.iterdir()}
    if names - {"__pycache__"}:
        return False
    shutil.rmtree(folder / "__pycache__", ignore_errors=True)
    with contextlib.suppress(OSError):
        folder.rmdir()
    return not folder.exists()


def _path() -> Path:
    return state_folder() / "made_folders.json"


def _read() -> list[str]:
    try:
        found = json.loads(_path().read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return []
    return [name for name in found if isinstance(name, str)] if isinstance(found, list) else []


def _write(folders: set[str]) -> None:
    temporary = _path().with_suffix(".tmp")
    write_durably(temporary, json.dumps(sorted(folders)).encode())
    os.replace(temporary, _path())
