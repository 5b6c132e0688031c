"""Push data to the remote and pull it from there; what has moved is verified."""

from __future__ import annotations

from collections.abc import Sequence

from jupyterlab_prodify.api.data import DataMoved
from jupyterlab_prodify.data import restore
from jupyterlab_prodify.data.errors import DataError, NotVersionedError
from jupyterlab_prodify.data.items import Item, dvc_items, find_item, output_at
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.dvc_file import missing_objects
from jupyterlab_prodify.vcs.errors import DataMissingError, RemoteError, redacted


def push(
    workspace: Workspace, paths: Sequence[str] = (), remote: str | None = None, with_git: bool = False
) -> DataMoved:
    """Send the data of ``paths`` (of all, when there are none) as their ``.dvc`` files say; the remote is asked again.
    When all of it is there, and ``with_git`` says so, the branch is pushed as well.

    Raises:
        RemoteError: it is not set or does not answer, or does not hold all of it afterwards.
        GitError: the data is there, and the branch could not be pushed.
    """
    with workspace.writing():
        notes = restore.recover(workspace)
        items = _items(workspace, paths)
        moved = send(workspace, [item.file for item in items], remote)
    branch = _push_branch(workspace) if with_git else None
    return DataMoved([item.path for item in items], moved, branch, notes)


def send(workspace: Workspace, files: Sequence[str], remote: str | None = None) -> int:
    """Push the data of these ``.dvc`` files, and ask the remote whether it holds all of it; the number of objects.

    Raises:
        RemoteError: see ``push``.
    """
    if not files:
        return 0
    given = {"files": [workspace.dvc_path(file) for file in files], **_remote(remote)}
    moved: int = workspace.dvc("push", **given)
    left = workspace.dvc("unpushed", **given)
    if left:
        message = f"The remote does not hold {len(left)} of what was to be pushed, such as `{left[0]}`."
        raise RemoteError(message, "Push again; is all of the data in the cache?", left)
    return moved


def pull(workspace: Workspace, paths: Sequence[str] = (), remote: str | None = None) -> DataMoved:
    """Get the data of ``paths`` (of all) as their ``.dvc`` files say. Changed files are never overwritten.

    Raises:
        RemoteError: the remote is not set, does not answer, or does not hold all of it.
        DvcError: data on disk has changes that no version holds.
    """
    with workspace.writing():
        notes = restore.recover(workspace)
        items = _items(workspace, paths)
        files = [workspace.dvc_path(item.file) for item in items]
        moved = workspace.dvc("pull", files=files, **_remote(remote)) if files else 0
        for item in items:
            output = output_at(workspace, item, None)
            if output is not None and any(missing_objects(workspace.cache, output)):
                message = f"The remote does not hold all of `{item.path}`."
                raise DataMissingError(message, "Ask the person who made this version to push it.", [item.path])
    return DataMoved([item.path for item in items], moved, None, notes)


def _remote(name: str | None) -> dict[str, str]:
    return {"remote": name} if name is not None else {}


def _items(workspace: Workspace, paths: Sequence[str]) -> list[Item]:
    if not paths:
        return [item for item in dvc_items(workspace) if workspace.place(item.file).is_file()]
    items = [find_item(workspace, path) for path in paths]
    for item in items:
        if item.kind != "dvc":
            message = f"Git holds `{item.path}`, so it is shared by `git push`."
            raise NotVersionedError(message, "Name data that DVC holds.", [item.path])
    return items


def _push_branch(workspace: Workspace) -> str:
    """Push the branch to where it comes from, else to the only remote of Git; nothing is forced."""
    repository = workspace.repository
    branch = (repository.head().branch or "").removeprefix("refs/heads/")
    if not branch:
        raise DataError("The data is pushed, the commit is not: no branch is checked out.", "Make a branch, then push.")
    remote, target = _upstream(workspace, branch)
    words = ["--set-upstream"] if target is None else []
    target = target or f"refs/heads/{branch}"
    done = repository.run("push", "--quiet", *words, "--", remote, f"refs/heads/{branch}:{target}")
    if not done.ok:
        said = done.complaint or str(done.code)
        remedy = "Look at what Git says; after a `git pull` push again."
        raise DataError(f"The data is pushed, the commit is not: {redacted(said)}", remedy)
    return branch


def _upstream(workspace: Workspace, branch: str) -> tuple[str, str | None]:
    repository = workspace.repository
    found = repository.run("config", "--get", f"branch.{branch}.remote").out.decode("utf-8", "replace").strip()
    if found:
        merge = repository.run("config", "--get", f"branch.{branch}.merge").out.decode("utf-8", "replace").strip()
        return found, merge or None
    remotes = repository.run("remote").out.decode("utf-8", "replace").split()
    if len(remotes) != 1:
        message = "The data is pushed, the commit is not: Git has no remote for this branch."
        raise DataError(message, "Set one: `git push --set-upstream REMOTE BRANCH`.")
    return remotes[0], None
