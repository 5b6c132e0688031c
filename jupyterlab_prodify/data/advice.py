"""Where a path belongs: DVC for data, Git for what people write, nowhere for what programs leave behind."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from jupyterlab_prodify.api.data import AdviceTarget, DataAdvice, DataKind
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.dvc_file import SUFFIX
from jupyterlab_prodify.vcs.git import IndexEntry, folders_of

_WRITTEN = frozenset(
    {
        *(".py", ".pyi", ".ipynb", ".r", ".rmd", ".qmd", ".jl", ".sql", ".sh", ".c", ".h", ".cpp", ".rs", ".js", ".ts"),
        *(".md", ".rst", ".toml", ".yaml", ".yml", ".cfg", ".ini", ".html", ".css", ".lock", SUFFIX),
    }
)
_WRITTEN_NAMES = frozenset(
    {"Makefile", "Dockerfile", "LICENSE", ".gitignore", ".dvcignore", ".gitattributes", "README"}
)
_LEFT_BEHIND = frozenset(
    {
        *("__pycache__", ".ipynb_checkpoints", ".DS_Store", "Thumbs.db", "node_modules", ".venv", "venv"),
        *(".mypy_cache", ".pytest_cache", ".ruff_cache", ".virtual_documents"),
    }
)
_LEFT_BEHIND_SUFFIXES = frozenset({".pyc", ".pyo", ".tmp", ".swp"})
_LOOKED_AT = 8192


def advise(workspace: Workspace, path: str) -> DataAdvice:
    """Where ``path`` belongs, and why. Nothing is hashed and nothing is written."""
    place = workspace.place(path)
    reason = _why_impossible(workspace, path)
    size, files = measure(place)
    if reason is not None:
        return DataAdvice(path, "impossible", reason, size, files)
    tracked = _tracked(workspace, path)
    if tracked == "dvc":
        return DataAdvice(path, "dvc", "DVC holds it already: a new version", size, files, "dvc")
    if tracked == "git":
        large = size > workspace.threshold
        reason = "Git holds it already: a new version"
        if large:
            reason += f"; it is over the threshold of {workspace.threshold} bytes"
        return DataAdvice(path, "git", reason, size, files, "git", large)
    to, reason = _for_new(place, size, workspace.threshold)
    return DataAdvice(path, to, reason, size, files)


def measure(place: Path) -> tuple[int, int]:
    """Size in bytes and number of files at or below a place; links are not followed."""
    if not place.is_dir() or place.is_symlink():
        return (place.lstat().st_size, 1) if os.path.lexists(place) else (0, 0)
    sizes = [os.lstat(os.path.join(folder, name)).st_size for folder, _, names in os.walk(place) for name in names]
    return sum(sizes), len(sizes)


def _tracked(workspace: Workspace, path: str) -> DataKind | None:
    places = [path, *folders_of(path)]
    if any(workspace.place(place + SUFFIX).is_file() for place in places):
        return "dvc"
    return "git" if _in_git(workspace.repository.tracked([path]), path) else None


def _in_git(tracked: dict[str, IndexEntry], path: str) -> bool:
    return any(name == path or not name.endswith(SUFFIX) for name in tracked)


def _why_impossible(workspace: Workspace, path: str) -> str | None:
    place = workspace.place(path)
    if not os.path.lexists(place):
        return "it does not exist"
    if path == "." or PurePosixPath(path).parts[0] in (".git", ".dvc"):
        return "it is the project itself"
    if place.is_symlink() and not workspace.place(path + SUFFIX).is_file():  # DVC can link to its cache
        return "it is a symbolic link: version what it leads to"
    if not (stat.S_ISREG(place.stat().st_mode) or place.is_dir()):
        return "it is neither a file nor a folder"
    inside = [place, *(parent for parent in place.parents if parent.is_relative_to(workspace.root))]
    if any(os.path.lexists(folder / ".git") for folder in inside if folder != workspace.root):
        return "it lies in another repository"
    return None


def _for_new(place: Path, size: int, threshold: int) -> tuple[AdviceTarget, str]:
    if place.name in _LEFT_BEHIND or place.suffix.lower() in _LEFT_BEHIND_SUFFIXES:
        return "ignore", "programs make it again"
    if size > threshold:
        return "dvc", f"it is over the threshold of {threshold} bytes"
    if place.is_dir():
        return _for_folder(place)
    if not (place.suffix.lower() in _WRITTEN or place.name in _WRITTEN_NAMES):
        return "dvc", "it is data"
    if _is_binary(place):
        return "dvc", "it is binary"
    return "git", "it is code or text that people write"


def _for_folder(place: Path) -> tuple[AdviceTarget, str]:
    names = [name for _, _, found in os.walk(place) for name in found]
    if names and all(_is_written(name) for name in names):
        return "git", "it holds code or text that people write"
    return "dvc", "it holds data"


def _is_written(name: str) -> bool:
    return Path(name).suffix.lower() in _WRITTEN or name in _WRITTEN_NAMES


def _is_binary(place: Path) -> bool:
    try:
        with open(place, "rb") as handle:
            return b"\0" in handle.read(_LOOKED_AT)
    except OSError:
        return False


def names_for_dvc(paths: Sequence[str]) -> list[str]:
    """Those of the paths that DVC cannot hold: its files are UTF-8, and a ``.gitignore`` has one name a line."""
    return [path for path in paths if "\n" in path or "\r" in path or not _is_utf8(path)]


def _is_utf8(path: str) -> bool:
    try:
        path.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True
