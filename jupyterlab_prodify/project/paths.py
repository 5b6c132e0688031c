"""Confinement: every path of a request passes here before anything is read or written."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath, PureWindowsPath

from jupyterlab_prodify.project.errors import ForbiddenPathError, OutsideRootError, RequestError

_REMEDY = "Choose a path inside the folder that was opened."


def confine(root: Path, relative: str) -> Path:
    """The absolute path of ``relative`` under ``root``, with symbolic links followed.

    Raises:
        RequestError: the text cannot be a path.
        OutsideRootError: the path is absolute, climbs out with ``..``, or a symbolic link leads out.
    """
    _check_text(relative)
    real_root = root.resolve()
    path = _resolve(real_root / relative, relative)
    if not path.is_relative_to(real_root):
        raise OutsideRootError(f"`{relative}` leads out of the folder through a symbolic link.", relative, _REMEDY)
    return path


def confine_notebook(root: Path, relative: str) -> Path:
    """The place of a notebook. Its folder counts, where its kernel starts; the file itself may be a link to anywhere,
    since it is not written through this path.

    Raises:
        RequestError, OutsideRootError: see ``confine``; the latter for its folder.
    """
    _check_text(relative)
    plain = PurePosixPath(relative)
    if not plain.name:
        raise RequestError("No notebook is named.", None, "Give the path of a notebook.")
    return confine(root, plain.parent.as_posix()) / plain.name


def confine_module(root: Path, relative: str) -> Path:
    """Like ``confine``, for a Python file that we may write.

    Raises:
        RequestError, OutsideRootError: see ``confine``.
        ForbiddenPathError: not a ``.py`` file, or in a hidden folder such as ``.git``.
    """
    path = confine(root, relative)
    if path.suffix != ".py" or not relative.endswith(".py"):
        raise ForbiddenPathError(f"`{relative}` is not a Python file.", relative, "Give a path that ends in `.py`.")
    if any(part.startswith(".") for part in (*PurePosixPath(relative).parts, *path.relative_to(root.resolve()).parts)):
        raise ForbiddenPathError(f"`{relative}` is hidden or lies in a hidden folder.", relative, "Choose another.")
    return path


def relative_to(root: Path, path: Path) -> str:
    """The path as requests and answers carry it: relative to the root, with forward slashes."""
    return os.path.relpath(path, root.resolve()).replace(os.sep, "/")


def _check_text(relative: str) -> None:
    if "\0" in relative or not _can_be_a_name(relative):
        raise RequestError("The path holds characters that no path can hold.", None, _REMEDY)
    plain = PurePosixPath(relative)
    windows = PureWindowsPath(relative)
    if plain.is_absolute() or windows.drive or windows.root or plain.parts[:1] == ("~",):
        raise OutsideRootError(f"`{relative}` is an absolute path.", relative, _REMEDY)
    if ".." in plain.parts or ".." in windows.parts:
        raise OutsideRootError(f"`{relative}` climbs out of its folder with `..`.", relative, _REMEDY)


def _can_be_a_name(text: str) -> bool:
    try:
        os.fsencode(text)
    except UnicodeEncodeError:
        return False
    return True


def _resolve(path: Path, relative: str) -> Path:
    try:
        resolved = path.resolve()
        resolved.exists()  # asks the system, which refuses names that are too long
    except (OSError, RuntimeError) as error:
        reason = getattr(error, "strerror", None) or "symbolic links form a circle"
        raise RequestError(f"`{relative}` cannot be a path: {reason}.", relative, "Give another path.") from error
    return resolved
