"""Everything that is not as in the last commit, by kind: code, notebooks, data, parameters, metrics."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from jupyterlab_prodify.api.changes import ChangedPath, ChangeKind, ChangeState, DataChanges
from jupyterlab_prodify.api.data import AdviceTarget
from jupyterlab_prodify.api.data_plan import DataProblem
from jupyterlab_prodify.data.advice import Ground, advise_on, measure
from jupyterlab_prodify.data.items import Item, dvc_items
from jupyterlab_prodify.data.kinds import Kinds
from jupyterlab_prodify.data.plan import problem_of
from jupyterlab_prodify.data.versions import interrupted
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.errors import VcsError
from jupyterlab_prodify.vcs.git import FileStatus

MOST_NEW = 1000
_KINDS: tuple[ChangeKind, ...] = ("code", "notebook", "data", "params", "metrics", "other")


def changes(workspace: Workspace) -> DataChanges:
    """All changes. DVC is asked about the data that it holds."""
    repository = workspace.repository
    files = repository.status()
    items = dvc_items(workspace, files) if workspace.has_dvc else []
    named = {item.file: item for item in items}
    kinds = Kinds(workspace)
    found = {one.path: one for one in _of_dvc(workspace, items, {one.path for one in files})}
    new = [one for one in files if one.staged == "?" and one.path not in named]
    left_out = {one.path for one in new[MOST_NEW:]}
    for one in files:
        if one.path in named:
            if _is_gone(workspace, one):
                found[one.path] = _removed(named[one.path], one)
        elif one.path not in left_out:
            found[one.path] = _of_git(workspace, one, kinds)
    order = sorted(found.values(), key=lambda one: (_KINDS.index(one.kind), one.path))
    branch = repository.head().branch
    return DataChanges(
        str(workspace.root),
        branch.removeprefix("refs/heads/") if branch else None,
        order,
        len(left_out),
        list(_problems(workspace)),
        interrupted(workspace),
    )


def _of_dvc(workspace: Workspace, items: list[Item], uncommitted: set[str]) -> Iterator[ChangedPath]:
    on_disk = [item for item in items if workspace.place(item.file).is_file()]
    if not on_disk:
        return
    found = workspace.dvc("changed", files=[workspace.dvc_path(item.file) for item in on_disk])
    changed = {workspace.from_dvc(path) for path in found["changed"]}
    for item in on_disk:
        if item.path in changed or (item.file in uncommitted and os.path.lexists(workspace.place(item.path))):
            known = workspace.repository.tracked([item.file])
            state: ChangeState = "changed" if known else "new"
            size, _ = measure(workspace.place(item.path))
            yield ChangedPath(item.path, "data", state, "dvc", "no", size)


def _removed(item: Item, one: FileStatus) -> ChangedPath:
    return ChangedPath(item.file, "data", "removed", "git", _staged(one), None)


def _is_gone(workspace: Workspace, one: FileStatus) -> bool:
    return not os.path.lexists(workspace.place(one.path))


def _of_git(workspace: Workspace, one: FileStatus, kinds: Kinds) -> ChangedPath:
    path = one.path.rstrip("/")
    kind = kinds.of(path)
    if one.staged == "?":
        advice = advise_on(Ground(workspace.root, workspace.threshold), path)
        if advice.to == "dvc" and kind == "other":
            kind = "data"
        to: AdviceTarget = "git" if advice.to == "dvc" and kinds.is_for_git(path, advice.size) else advice.to
        reason = advice.reason if to == "impossible" else None
        return ChangedPath(path, kind, "new", to, "no", advice.size, reason)
    state: ChangeState = "changed"
    if one.staged == "U":
        state = "conflicted"
    elif _is_gone(workspace, one):
        state = "removed"
    elif one.staged == "A":
        state = "new"
    size = None if state == "removed" else measure(workspace.place(path))[0]
    return ChangedPath(path, kind, state, "git", _staged(one), size)


def _staged(one: FileStatus) -> Any:
    if one.staged in ".?U":
        return "no"
    return "partly" if one.partly_staged else "whole"


def _problems(workspace: Workspace) -> Iterator[DataProblem]:
    try:
        workspace.repository.check_can_commit()
    except VcsError as error:
        yield problem_of(error)
