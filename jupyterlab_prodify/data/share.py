"""Push data to the remote and pull it from there; what has moved is verified."""

from __future__ import annotations

from collections.abc import Sequence

from jupyterlab_prodify.api.data import DataMoved
from jupyterlab_prodify.data import restore
from jupyterlab_prodify.data.errors import NotVersionedError
from jupyterlab_prodify.data.items import Item, dvc_items, find_item, output_at
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.dvc_file import missing_objects
from jupyterlab_prodify.vcs.errors import DataMissingError, RemoteError


def push(workspace: Workspace, paths: Sequence[str] = ()) -> DataMoved:
    """Send the data of ``paths`` (of all, when there are none) as their ``.dvc`` files say; the remote is asked again.

    Raises:
        RemoteError: it is not set or does not answer, or does not hold all of it afterwards.
    """
    with workspace.writing():
        restore.recover(workspace)
        items = _items(workspace, paths)
        files = [workspace.dvc_path(item.file) for item in items]
        moved = workspace.dvc("push", files=files) if files else 0
        left = workspace.dvc("unpushed", files=files) if files else []
    if left:
        message = f"The remote does not hold {len(left)} of what was to be pushed, such as `{left[0]}`."
        raise RemoteError(message, "Push again; is all of the data in the cache?", left)
    return DataMoved([item.path for item in items], moved)


def pull(workspace: Workspace, paths: Sequence[str] = ()) -> DataMoved:
    """Get the data of ``paths`` (of all) as their ``.dvc`` files say. Changed files are never overwritten.

    Raises:
        RemoteError: the remote is not set, does not answer, or does not hold all of it.
        DvcError: data on disk has changes that no version holds.
    """
    with workspace.writing():
        restore.recover(workspace)
        items = _items(workspace, paths)
        files = [workspace.dvc_path(item.file) for item in items]
        moved = workspace.dvc("pull", files=files) if files else 0
        for item in items:
            output = output_at(workspace, item, None)
            if output is not None and any(missing_objects(workspace.cache, output)):
                message = f"The remote does not hold all of `{item.path}`."
                raise DataMissingError(message, "Ask the person who made this version to push it.", [item.path])
    return DataMoved([item.path for item in items], moved)


def _items(workspace: Workspace, paths: Sequence[str]) -> list[Item]:
    if not paths:
        return [item for item in dvc_items(workspace) if workspace.place(item.file).is_file()]
    items = [find_item(workspace, path) for path in paths]
    for item in items:
        if item.kind != "dvc":
            message = f"Git holds `{item.path}`, so it is shared by `git push`."
            raise NotVersionedError(message, "Name data that DVC holds.", [item.path])
    return items
