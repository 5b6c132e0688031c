"""Confinement: every path of a request passes here before anything is read or written."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

from jupyterlab_prodify.project.errors import ForbiddenPathError, OutsideRootError

_REMEDY = "Choose a path inside the folder that was opened."


def confine(root: Path, relative: str) -> Path:
    """The absolute path of ``relative`` under ``root``, with symbolic links followed.

    Raises:
        OutsideRootError: the path is absolute, climbs out with ``..``, or a symbolic link leads out.
    """
    if "\0" in relative:
        raise OutsideRootError("The path holds a NUL character.", None, _REMEDY)
    plain = PurePosixPath(relative)
    if plain.is_absolute() or PureWindowsPath(relative).drive or relative.startswith("\\"):
        raise OutsideRootError(f"`{relative}` is an absolute path.", relative, _REMEDY)
    if ".." in plain.parts:
        raise OutsideRootError(f"`{relative}` climbs out of its folder with `..`.", relative, _REMEDY)
    real_root = root.resolve()
    path = (real_root / relative).resolve()
    if not path.is_relative_to(real_root):
        raise OutsideRootError(f"`{relative}` leads out of the folder through a symbolic link.", relative, _REMEDY)
    return path


def confine_module(root: Path, relative: str) -> Path:
    """Like ``confine``, for a Python file that we may write.

    Raises:
        OutsideRootError: see ``confine``.
        ForbiddenPathError: not a ``.py`` file, or in a hidden folder such as ``.git``.
    """
    path = confine(root, relative)
    if path.suffix != ".py":
        raise ForbiddenPathError(f"`{relative}` is not a Python file.", relative, "Give a path that ends in `.py`.")
    if any(part.startswith(".") for part in path.relative_to(root.resolve()).parts):
        raise ForbiddenPathError(f"`{relative}` lies in a hidden folder.", relative, "Choose another folder.")
    return path


def relative_to(root: Path, path: Path) -> str:
    """The path as requests and answers carry it: relative to the root, with forward slashes."""
    return os.path.relpath(path, root.resolve()).replace(os.sep, "/")
