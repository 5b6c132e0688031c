"""The DVC project of a path, its worker, and our folder in it."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import Any

from jupyterlab_prodify.vcs.dvc import DvcWorker, find_dvc_root
from jupyterlab_prodify.vcs.errors import NotADvcProjectError, NotARepositoryError
from jupyterlab_prodify.vcs.git import open_repository


def find_pipeline(folder: Path) -> Path:
    """The root of the DVC project around a folder, within its Git repository.

    Raises:
        NotADvcProjectError: there is none.
    """
    place = folder.resolve()
    try:
        ceiling = open_repository(place).root
    except NotARepositoryError:
        ceiling = Path(place.anchor)
    root = find_dvc_root(place, ceiling)
    if root is None:
        raise NotADvcProjectError("This is not a DVC project yet.", "Run `dvc init` in it, and commit what it made.")
    return root


class PipelineProject:
    """The project at ``root``. ``python`` runs DVC."""

    def __init__(self, root: Path, python: str | None = None, worker: DvcWorker | None = None) -> None:
        self.root = root
        self.worker = worker or DvcWorker(root, python or sys.executable)
        self._guard = threading.Lock()

    @property
    def folder(self) -> Path:
        """Ours: DVC keeps its own temporary files beside it, and Git ignores both."""
        return self.root / ".dvc" / "tmp" / "prodify"

    @property
    def kept(self) -> Path:
        """Where outputs wait while their stage runs."""
        return self.folder / "kept"

    def dvc(self, op: str, **given: Any) -> Any:
        """One operation of the worker."""
        return self.worker.call(op, **given)

    def close(self) -> None:
        """End the worker."""
        self.worker.cancel()
        self.worker.close()
