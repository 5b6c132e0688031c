"""What kind of file a path is: code, notebook, data, parameters, metrics."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from jupyterlab_prodify.api.changes import ChangeKind
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.git import is_below

_CODE = frozenset({".py", ".pyi", ".r", ".jl", ".sql", ".sh", ".c", ".h", ".cpp", ".rs", ".js", ".ts", ".toml", ".cfg"})
_DATA = frozenset({".csv", ".tsv", ".parquet", ".feather", ".npy", ".npz", ".pkl", ".joblib", ".h5", ".zip", ".gz"})


class Kinds:
    """Kinds in one project: its ``dvc.yaml`` names parameters and metrics."""

    def __init__(self, workspace: Workspace) -> None:
        self._params, self._metrics = _named_by_pipeline(workspace)
        self._threshold = workspace.threshold

    def of(self, path: str) -> ChangeKind:
        return _kind(path, self._params, self._metrics)

    def is_for_git(self, path: str, size: int) -> bool:
        """Small files of a kind that people read and compare belong to Git, whatever they hold."""
        return self.of(path) in ("code", "notebook", "params", "metrics") and size <= self._threshold


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
