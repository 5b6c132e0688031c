"""Paths as requests and answers carry them: relative to the server's root folder, with forward slashes."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import msgspec

from jupyterlab_prodify.project.paths import confine

if TYPE_CHECKING:
    from jupyterlab_prodify.data.workspace import Workspace

# The fields of answers that hold paths.
_PATHS = frozenset({"path", "file", "paths", "committed", "added", "removed", "changed", "project"})


class RequestPaths:
    """Paths below ``root``, which may lie in a repository, or hold some."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def place(self, path: str) -> Path:
        """Where a path of a request is. Its last part may be a symbolic link.

        Raises:
            RequestError, OutsideRootError: see ``project.paths.confine``.
        """
        confine(self.root, path.lstrip("/") if not path.strip("/") else path)
        plain = PurePosixPath(path.strip("/"))
        return confine(self.root, plain.parent.as_posix()) / plain.name if plain.name else self.root

    def folder(self, place: Path) -> Path:
        """The nearest folder that exists: its repository is meant."""
        while not place.is_dir() or place.is_symlink():
            place = place.parent
        return place

    def inward(self, workspace: Workspace, path: str) -> str:
        """The path as the project sees it.

        Raises:
            RequestError, OutsideRootError: it lies outside of the root or of the project.
        """
        return workspace.path_of(self.place(path))

    def outward(self, project: Path, value: Any) -> Any:
        """An answer of a project with its paths as requests carry them. Names of any bytes cannot travel: what is not
        UTF-8 is shown as an escape."""
        if isinstance(value, msgspec.Struct):
            fields = {name: self._field(project, name, getattr(value, name)) for name in value.__struct_fields__}
            return msgspec.structs.replace(value, **fields)
        if isinstance(value, list):
            return [self.outward(project, one) for one in value]
        return _speakable(value) if isinstance(value, str) else value

    def path_outward(self, project: Path, path: str) -> str:
        """One path of a project as requests carry it; one above the root begins with ``..``."""
        found = os.path.relpath(project / path, self.root).replace(os.sep, "/")
        return "" if found == "." else _speakable(found)

    def is_inside(self, project: Path, path: str) -> bool:
        """A request can name this path of a project."""
        return (project / path).is_relative_to(self.root) and _speakable(path) == path

    def _field(self, project: Path, name: str, value: Any) -> Any:
        if name in _PATHS and isinstance(value, str):
            return self.path_outward(project, value)
        if name in _PATHS and isinstance(value, list) and all(isinstance(one, str) for one in value):
            return [self.path_outward(project, one) for one in value]
        return self.outward(project, value)


def _speakable(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
