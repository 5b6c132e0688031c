"""The project as actions on data see it. Names: *path* is relative to the repository, *dvc path* to the DVC project."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from jupyterlab_prodify.data.errors import DataError
from jupyterlab_prodify.project.errors import OutsideRootError
from jupyterlab_prodify.project.lock import exclusive
from jupyterlab_prodify.project.paths import confine
from jupyterlab_prodify.vcs.dvc import DvcWorker, OnProgress, find_dvc_root
from jupyterlab_prodify.vcs.errors import DiskFullError, NotADvcProjectError, NotWritableError
from jupyterlab_prodify.vcs.git import Repository, open_repository
from jupyterlab_prodify.vcs.own_index import own_folder

THRESHOLD = 10_000_000

T = TypeVar("T")


@contextlib.contextmanager
def _as_refusal() -> Iterator[None]:
    """A disk that does not take what must be written is no fault of ours."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError(f"{reason}.", "Make room on the disk, and try again.") from error
        if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            message = f"{reason}: `{error.filename}`." if error.filename else f"{reason}."
            raise NotWritableError(message, "Make it writable, and try again.") from error
        raise


class Workspace:
    """The repository around ``folder``, and its DVC project where there is one."""

    def __init__(
        self,
        folder: Path,
        threshold: int = THRESHOLD,
        python: str = sys.executable,
        on_progress: OnProgress | None = None,
        on_phase: Callable[[str], None] | None = None,
    ) -> None:
        self.repository: Repository = open_repository(folder)
        self.threshold = threshold
        self.on_progress = on_progress
        self.on_phase = on_phase
        self.python = python
        self._folder = folder.resolve()
        self._dvc_root = find_dvc_root(self._folder, self.root)
        self._worker: DvcWorker | None = None
        self._cache: Path | None = None
        self._kept: dict[type[Any], Any] = {}

    @property
    def root(self) -> Path:
        return self.repository.root

    def kept(self, kind: type[T]) -> T:
        """The one object of this kind that goes with the project, such as what is remembered of it."""
        found = self._kept.get(kind)
        if not isinstance(found, kind):
            found = self._kept[kind] = kind()
        return found

    def close(self) -> None:
        """End the worker."""
        if self._worker is not None:
            self._worker.close()

    @property
    def worker_pid(self) -> int | None:
        """The process of DVC; None when it does not run."""
        return self._worker.pid if self._worker is not None else None

    def cancel(self) -> None:
        """End the worker at once, whatever it does; a call that waits for it raises."""
        if self._worker is not None:
            self._worker.cancel()

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """One writer at a time in this working tree; another one waits."""
        with _as_refusal(), exclusive(own_folder(self.repository) / "lock"):
            yield

    def begin(self, phase: str) -> None:
        """Tell that the next part of the action begins: ``commit``, or an operation of the worker."""
        if self.on_phase is not None:
            self.on_phase(phase)

    # -- paths --------------------------------------------------------------------------------------------------------

    def path_of(self, place: Path) -> str:
        """The path of a place in the file system.

        Raises:
            OutsideRootError: it lies outside of the repository, directly or through a symbolic link.
        """
        absolute = Path(os.path.abspath(place))
        real = absolute if absolute == self.root else absolute.parent.resolve() / absolute.name
        if not real.is_relative_to(self.root):
            message = f"`{place}` lies outside of the project `{self.root}`."
            raise OutsideRootError(message, str(place), "Name a path inside the project.")
        path = real.relative_to(self.root).as_posix()
        if not (self.root / path).is_symlink():
            confine(self.root, path)
        return path

    def place(self, path: str) -> Path:
        return self.root / path

    # -- DVC ----------------------------------------------------------------------------------------------------------

    @property
    def has_dvc(self) -> bool:
        return self._dvc_root is not None

    def find_dvc(self) -> None:
        """Look again whether there is a DVC project: it was made, or has gone."""
        self._dvc_root = find_dvc_root(self._folder, self.root)
        self._cache = None
        if self._dvc_root is None and self._worker is not None:
            self._worker.close()
            self._worker = None

    @property
    def dvc_root(self) -> Path:
        """
        Raises:
            NotADvcProjectError: there is none.
        """
        if self._dvc_root is None:
            raise NotADvcProjectError(
                "This is not a DVC project yet.", "Run `dvc init` in it, and commit what it made."
            )
        return self._dvc_root

    def dvc_path(self, path: str) -> str:
        try:
            return self.place(path).relative_to(self.dvc_root).as_posix()
        except ValueError:
            message = f"`{path}` lies outside of the DVC project `{self.dvc_root}`."
            raise DataError(message, "Choose a path inside of it.", [path]) from None

    def from_dvc(self, dvc_path: str) -> str:
        return (self.dvc_root / dvc_path).relative_to(self.root).as_posix()

    def dvc(self, op: str, **given: Any) -> Any:
        """One operation of the worker, with its progress."""
        self.begin(op)
        if self._worker is None:
            self._worker = DvcWorker(self.dvc_root, self.python)
        return self._worker.call(op, self.on_progress, **given)

    @property
    def default_cache(self) -> Path:
        """The folder of the cache as far as it is known without asking DVC."""
        return self._cache or (self._dvc_root or self.root) / ".dvc" / "cache"

    @property
    def cache(self) -> Path:
        """The folder of DVC's cache."""
        if self._cache is None:
            self._cache = self.dvc_root / self.dvc("cache_dir")
        return self._cache
