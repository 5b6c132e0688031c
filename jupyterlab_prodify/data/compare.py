"""The two files of a comparison: from the cache, from Git, or as they are on disk."""

from __future__ import annotations

import os
from pathlib import Path

from jupyterlab_prodify.api.data_table import TableComparison
from jupyterlab_prodify.data.errors import NoSuchVersionError
from jupyterlab_prodify.data.items import Item, find_item, output_at
from jupyterlab_prodify.data.tables import Tell, compare, is_table, read_table
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.dvc_file import listing, object_path
from jupyterlab_prodify.vcs.errors import DataMissingError


def compare_tables(
    workspace: Workspace,
    path: str,
    before: str,
    after: str | None,
    scratch: Path,
    tell: Tell = lambda rows: None,
) -> TableComparison:
    """Compare the table at ``path``, which may lie in a versioned folder. ``scratch`` is a folder for copies.

    Raises:
        TableError: it is not a table.
        NoSuchVersionError, NoSuchRevisionError, NotVersionedError: there is no such version.
        DataMissingError: its content is not in the cache.
    """
    if not is_table(path):
        read_table(path, workspace.place(path))  # says why
    item = find_item(workspace, path)
    old = _place(workspace, item, path, before, scratch / "before")
    new = _place(workspace, item, path, after, scratch / "after")
    return compare(path, old, new, tell)


def _place(workspace: Workspace, item: Item, path: str, rev: str | None, copy: Path) -> Path:
    if rev is None:
        if not os.path.isfile(workspace.place(path)):
            raise NoSuchVersionError(f"`{path}` is not on disk.", "Take a version of its history.", [path])
        return workspace.place(path)
    commit = workspace.repository.resolve(rev)
    if item.kind == "git":
        content = workspace.repository.file_at(commit, path)
        if content is None:
            raise _no_version(path, commit)
        copy.write_bytes(content)
        return copy
    return _in_cache(workspace, item, path, commit)


def _in_cache(workspace: Workspace, item: Item, path: str, commit: str) -> Path:
    output = output_at(workspace, item, commit)
    if output is None:
        raise _no_version(path, commit)
    known = listing(workspace.cache, output)
    name = path.removeprefix(item.path).lstrip("/")
    if known is not None and name not in known:
        raise _no_version(path, commit)
    place = object_path(workspace.cache, known[name], output.legacy) if known is not None else None
    if place is None or not place.is_file():
        message = f"The cache does not have `{path}` as it was in {commit[:10]}."
        raise DataMissingError(message, "Pull this version first.", [path])
    return place


def _no_version(path: str, commit: str) -> NoSuchVersionError:
    return NoSuchVersionError(f"`{path}` is not in {commit[:10]}.", "Take a version of its history.", [path])
