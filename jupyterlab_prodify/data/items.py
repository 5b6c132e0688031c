"""What a path stands for."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from jupyterlab_prodify.api.data import DataKind
from jupyterlab_prodify.data.errors import NotVersionedError
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.dvc_file import SUFFIX, Output, data_path, outputs_of
from jupyterlab_prodify.vcs.git import FileStatus


@dataclass(frozen=True)
class Item:
    """A versioned path; ``file`` is what Git holds for it: the path itself, or the ``.dvc`` file beside it."""

    path: str
    kind: DataKind
    file: str


def find_item(workspace: Workspace, path: str) -> Item:
    """The item that ``path`` names or lies in; a ``.dvc`` file stands for its data. It may be gone from disk.

    Raises:
        NotVersionedError: neither DVC nor Git knows it.
    """
    repository = workspace.repository
    if path.endswith(SUFFIX) and path != SUFFIX:
        path = path[: -len(SUFFIX)]
    places = [path, *(str(parent) for parent in PurePosixPath(path).parents if str(parent) != ".")]
    tracked = repository.tracked([*places, *(place + SUFFIX for place in places)])
    for place in places:
        file = place + SUFFIX
        if file in tracked or workspace.place(file).is_file() or _had(workspace, file):
            return Item(place, "dvc", file)
    if tracked or _had(workspace, path):
        return Item(path, "git", path)
    remedy = f"Version it first: `jupyter prodify data add {path}`."
    raise NotVersionedError(f"`{path}` is not versioned.", remedy, [path])


def _had(workspace: Workspace, path: str) -> bool:
    return bool(workspace.repository.log([path], 1))


def dvc_items(workspace: Workspace, changed: Iterable[FileStatus] | None = None) -> list[Item]:
    """Everything that DVC holds, by the ``.dvc`` files that Git tracks or that are new. ``changed`` are all files that
    are not as in the last commit, where they are known already."""
    repository = workspace.repository
    changed = repository.status() if changed is None else changed
    known = dict.fromkeys(path for path in repository.tracked() if path.endswith(SUFFIX))
    known |= dict.fromkeys(one.path for one in changed if one.path.endswith(SUFFIX))
    return [Item(path[: -len(SUFFIX)], "dvc", path) for path in sorted(known) if not path.endswith(f"/{SUFFIX}")]


def output_at(workspace: Workspace, item: Item, commit: str | None) -> Output | None:
    """What a commit (None: the disk) says of an item; None where it does not hold it."""
    content = content_at(workspace, item, commit)
    found = outputs_of(content) if content is not None else []
    return next((one for one in found if data_path(item.file, one) == item.path), found[0] if found else None)


def content_at(workspace: Workspace, item: Item, commit: str | None) -> bytes | None:
    """The text of an item's file in a commit, or on disk."""
    if commit is not None:
        return workspace.repository.file_at(commit, item.file)
    try:
        return workspace.place(item.file).read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def exists(workspace: Workspace, path: str) -> bool:
    return os.path.lexists(workspace.place(path))
