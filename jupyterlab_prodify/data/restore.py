"""An old version comes back. The present one is kept first, under a private ref that restores it again.

1. The old version must be all there: from the cache, else from the remote. If not, nothing happens.
2. The present data goes to the cache, and a commit under ``refs/prodify/backup/`` names it.
3. A journal says what is about to happen.
4. The old ``.dvc`` file takes its place, then the data, file by file; each is complete or not there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from jupyterlab_prodify.api.data import DataRestored
from jupyterlab_prodify.data.errors import DataError, NoSuchVersionError
from jupyterlab_prodify.data.items import Item, content_at, exists, find_item, output_at
from jupyterlab_prodify.data.recovery import (
    Journal,
    close_journal,
    open_journal,
    put_back,
    remove_partial,
    settle,
    write_whole,
)
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.dvc_file import missing_objects, outputs_of
from jupyterlab_prodify.vcs.errors import ConflictedError, DataMissingError, VcsError
from jupyterlab_prodify.vcs.git import folders_of
from jupyterlab_prodify.vcs.snapshot import keep


def restore(workspace: Workspace, path: str, rev: str) -> DataRestored:
    """Bring ``path`` back as it was in ``rev``; a commit is not made, and the index stays as it is.

    Raises:
        NoSuchRevisionError, NoSuchVersionError, NotVersionedError: there is no such version.
        DataMissingError: its data is neither in the cache nor in the remote.
        VcsError: Git or DVC cannot do it now. The present state is as it was, or named in the message.
    """
    with workspace.writing():
        notes = recover(workspace)
        return _restore(workspace, path, rev, notes)


def recover(workspace: Workspace) -> list[str]:
    """Repair what a killed action left, an interrupted restore included. Expects that the lock is held."""
    notes = settle(workspace)
    journal = open_journal(workspace.repository)
    if journal is None:
        return notes
    try:
        return [*notes, *_finish(workspace, journal)]
    except VcsError as error:
        # It must not stand in the way of everything else: the state before it is kept, and named.
        close_journal(workspace.repository)
        return [
            *notes,
            f"An interrupted restore of {journal.about} could not be finished: {error.message} {_kept(journal)}",
        ]


def _finish(workspace: Workspace, journal: Journal) -> list[str]:
    item = find_item(workspace, journal.about)
    remove_partial(workspace, item.path)
    if item.kind == "dvc" and content_at(workspace, item, None) != content_at(workspace, item, journal.rev):
        # It was killed before the first change, or the person has gone elsewhere since.
        close_journal(workspace.repository)
        return []
    done = _restore(workspace, journal.about, journal.rev, [])
    found = f"the state that was found is {done.backup}."
    return [f"An interrupted restore of {item.path} was finished. {_kept(journal)[:-1]}, {found}"]


def _kept(journal: Journal) -> str:
    return f"The state before it is {journal.backup}."


def _restore(workspace: Workspace, path: str, rev: str, notes: list[str]) -> DataRestored:
    commit = workspace.repository.resolve(rev)
    item = find_item(workspace, path)
    if item.path != path.removesuffix(".dvc") and item.path != path:
        remedy = f"Restore all of `{item.path}`."
        raise DataError(f"`{path}` is a part of `{item.path}`, which has its versions as a whole.", remedy, [path])
    if any(one.staged == "U" for one in workspace.repository.status([item.file])):
        raise ConflictedError(f"`{item.file}` has conflicts.", "Resolve them first.", [item.file])
    act = _restore_dvc if item.kind == "dvc" else _restore_git
    return DataRestored(item.path, commit, act(workspace, item, commit), notes)


# -- held by DVC ------------------------------------------------------------------------------------------------------


def _restore_dvc(workspace: Workspace, item: Item, commit: str) -> str:
    text = content_at(workspace, item, commit)
    if text is None or not outputs_of(text):
        raise NoSuchVersionError(
            f"`{item.path}` is not in {commit[:10]}.", "Take a version of its history.", [item.path]
        )
    _fetch(workspace, item, commit)
    present = content_at(workspace, item, None)
    backup = keep_present(workspace, item, f"{item.path} before the restore of {commit[:10]}")
    Journal.of("restore", {item.file: present}, item.path, commit, backup).save(workspace.repository)
    try:
        write_whole(workspace.place(item.file), text)
        workspace.dvc("checkout", files=[workspace.dvc_path(item.file)])
    except VcsError as error:
        _take_back(workspace, item, present, backup)
        error.message += f" The state before is {backup}."
        raise
    close_journal(workspace.repository)
    return backup


def _fetch(workspace: Workspace, item: Item, commit: str) -> None:
    output = output_at(workspace, item, commit)
    assert output is not None
    if not any(missing_objects(workspace.cache, output)):
        return
    problem = ""
    try:
        workspace.dvc("fetch", file=workspace.dvc_path(item.file), rev=commit)
    except VcsError as error:
        problem = f": {error.message}"
    missing = list(missing_objects(workspace.cache, output))
    if missing:
        message = f"The data of `{item.path}` in {commit[:10]} is neither in the cache nor in the remote{problem}"
        raise DataMissingError(message, "Ask the person who made this version to push it.", [item.path])


def keep_present(workspace: Workspace, item: Item, reason: str) -> str:
    """The ref of a commit that holds an item of DVC as it is on disk; its data is in the cache."""
    contents: dict[str, bytes] = {}
    if exists(workspace, item.path):
        file = workspace.dvc_path(item.file)
        if not workspace.place(item.file).is_file():
            workspace.dvc("add", paths=[workspace.dvc_path(item.path)])
        contents[item.file] = workspace.dvc("keep", file=file).encode("utf-8")
    return keep(workspace.repository, [] if contents else [item.file], contents, reason)


def _take_back(workspace: Workspace, item: Item, present: bytes | None, backup: str) -> None:
    """Data and ``.dvc`` file as before, as far as that is possible; the journal stays when it is not."""
    remove_partial(workspace, item.path)
    kept = workspace.repository.file_at(backup, item.file)
    try:
        if kept is not None:
            write_whole(workspace.place(item.file), kept)
            workspace.dvc("checkout", files=[workspace.dvc_path(item.file)])
    except VcsError:
        return
    put_back(workspace, item.file, present)
    close_journal(workspace.repository)


# -- held by Git ------------------------------------------------------------------------------------------------------


def _restore_git(workspace: Workspace, item: Item, commit: str) -> str:
    repository = workspace.repository
    if not repository.committed(commit, [item.path]):
        raise NoSuchVersionError(
            f"`{item.path}` is not in {commit[:10]}.", "Take a version of its history.", [item.path]
        )
    old = repository.committed(commit, [item.path])
    _check_ways(workspace, old)
    changed = [one.path for one in repository.status([item.path]) if not one.path.endswith("/")]
    # Ignored files, such as data of DVC, would be written over as well where the old version has them in Git.
    changed += [path for path in old.keys() - repository.tracked([item.path]).keys() if exists(workspace, path)]
    backup = keep(repository, sorted(set(changed)), {}, f"{item.path} before the restore of {commit[:10]}")
    Journal.of("restore", {}, item.path, commit, backup).save(repository)
    repository.write("restore", f"--source={commit}", "--worktree", "--", item.path)
    close_journal(repository)
    return backup


def _check_ways(workspace: Workspace, old: Iterable[str]) -> None:
    """Git would remove a folder where the old version has a file, and a file where it has a folder."""
    for path in old:
        folders = [workspace.place(folder) for folder in folders_of(path)]
        files = [
            folder for folder in folders if os.path.lexists(folder) and (folder.is_symlink() or not folder.is_dir())
        ]
        place = workspace.place(path)
        if files or (place.is_dir() and not place.is_symlink() and not os.path.lexists(place / ".git")):
            what = files[0].relative_to(workspace.root).as_posix() if files else path
            message = f"`{what}` is a file in one version and a folder in the other."
            raise DataError(message, "Move it away first.", [what])
