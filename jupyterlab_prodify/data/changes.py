"""Everything that is not as in the last commit, by kind: code, notebooks, data, parameters, metrics."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from jupyterlab_prodify.api.changes import ChangedPath, ChangeKind, ChangeState, DataChanges
from jupyterlab_prodify.api.data_plan import DataProblem
from jupyterlab_prodify.data.advice import Ground, advise_on, measure
from jupyterlab_prodify.data.items import Item, dvc_items
from jupyterlab_prodify.data.plan import problem_of
from jupyterlab_prodify.data.versions import interrupted
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.errors import VcsError
from jupyterlab_prodify.vcs.git import FileStatus, is_below

MOST_NEW = 1000
_KINDS: tuple[ChangeKind, ...] = ("code", "notebook", "data", "params", "metrics", "other")
_CODE = frozenset({".py", ".pyi", ".r", ".jl", ".sql", ".sh", ".c", ".h", ".cpp", ".rs", ".js", ".ts", ".toml", ".cfg"})
_DATA = frozenset({".csv", ".tsv", ".parquet", ".feather", ".npy", ".npz", ".pkl", ".joblib", ".h5", ".zip", ".gz"})


def changes(workspace: Workspace) -> DataChanges:
    """All changes. DVC is asked about the data that it holds."""
    repository = workspace.repository
    files = repository.status()
    items = dvc_items(workspace, files) if workspace.has_dvc else []
    named = {item.file: item for item in items}
    params, metrics = _named_by_pipeline(workspace)
    found = {one.path: one for one in _of_dvc(workspace, items, {one.path for one in files})}
    new = [one for one in files if one.staged == "?" and one.path not in named]
    left_out = {one.path for one in new[MOST_NEW:]}
    for one in files:
        if one.path in named:
            if _is_gone(workspace, one):
                found[one.path] = _removed(named[one.path], one)
        elif one.path not in left_out:
            found[one.path] = _of_git(workspace, one, params, metrics)
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


def _of_git(workspace: Workspace, one: FileStatus, params: set[str], metrics: set[str]) -> ChangedPath:
    path = one.path.rstrip("/")
    kind = _kind(path, params, metrics)
    if one.staged == "?":
        advice = advise_on(Ground(workspace.root, workspace.threshold), path)
        if advice.to == "dvc" and kind == "other":
            kind = "data"
        return ChangedPath(path, kind, "new", advice.to, "no", advice.size)
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


def _kind(path: str, params: set[str], metrics: set[str]) -> ChangeKind:
    plain = PurePosixPath(path)
    if path in params or plain.name in ("params.yaml", "params.toml", "params.json"):
        return "params"
    if is_below(path, metrics) or "metrics" in plain.parts[:-1] or plain.stem == "metrics":
        return "metrics"
    suffix = plain.suffix.lower()
    if suffix == ".ipynb":
        return "notebook"
    if suffix in _CODE or plain.name in ("dvc.yaml", "dvc.lock", "Makefile", "Dockerfile"):
        return "code"
    return "data" if suffix in _DATA else "other"


def _problems(workspace: Workspace) -> Iterator[DataProblem]:
    try:
        workspace.repository.check_can_commit()
    except VcsError as error:
        yield problem_of(error)


# -- the pipeline's parameters and metrics ----------------------------------------------------------------------------


def _named_by_pipeline(workspace: Workspace) -> tuple[set[str], set[str]]:
    """The files that the ``dvc.yaml`` at the project's root names as parameters and as metrics or plots."""
    import yaml

    params: set[str] = set()
    metrics: set[str] = set()
    if not workspace.has_dvc:
        return params, metrics
    data: Any = None
    with contextlib.suppress(OSError, yaml.YAMLError, UnicodeDecodeError):
        data = yaml.safe_load((workspace.dvc_root / "dvc.yaml").read_bytes())
    if not isinstance(data, dict):
        return params, metrics
    stages = data.get("stages")
    for stage in [data, *(stages.values() if isinstance(stages, dict) else ())]:
        if isinstance(stage, dict):
            params |= {workspace.from_dvc(name) for name in _files(stage.get("params"))}
            metrics |= {workspace.from_dvc(name) for part in ("metrics", "plots") for name in _files(stage.get(part))}
    return {path for path in params if workspace.place(path).is_file()}, metrics


def _files(entries: Any) -> Iterator[str]:
    for entry in entries if isinstance(entries, list) else []:
        if isinstance(entry, str):
            yield entry
        elif isinstance(entry, dict):
            yield from map(str, entry)
