"""Where a path belongs: DVC for data, Git for what people write, nowhere for what programs leave behind."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from jupyterlab_prodify.api.data import AdviceTarget, DataAdvice, DataKind
from jupyterlab_prodify.data.workspace import Workspace
from jupyterlab_prodify.vcs.dvc_file import SUFFIX
from jupyterlab_prodify.vcs.git import folders_of

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


@dataclass(frozen=True)
class Ground:
    """Where advice is given: a folder that is a repository, or will be one. ``in_git`` is what Git's index holds."""

    root: Path
    threshold: int
    in_git: Collection[str] = ()


def ground_of(workspace: Workspace, paths: Iterable[str]) -> Ground:
    """The ground of a project, with what Git holds of these paths."""
    return Ground(workspace.root, workspace.threshold, workspace.repository.tracked(paths))


def advise(workspace: Workspace, path: str) -> DataAdvice:
    """Where one path belongs, and why. Nothing is hashed and nothing is written."""
    return advise_on(ground_of(workspace, [path]), path)


def advise_on(ground: Ground, path: str, choice: DataKind | None = None) -> DataAdvice:
    """The same for a ground; ``choice`` is where the person wants it, and counts where that is possible."""
    place = ground.root / path
    reason = _why_impossible(ground, path)
    size, files = measure(place)
    if reason is not None:
        return DataAdvice(path, "impossible", reason, size, files)
    tracked = _tracked(ground, path)
    if tracked == "dvc":
        reason = "DVC holds it already: a new version"
        return DataAdvice(path, "dvc", reason, size, files, "dvc", False, ["dvc"], "dvc")
    options: list[DataKind] = ["git"] if names_for_dvc([path]) else ["dvc", "git"]
    if tracked == "git":
        large = size > ground.threshold and "dvc" in options and _is_data(place)
        reason = "Git holds it already: a new version"
        if large:
            reason += f"; it is over the threshold of {size_text(ground.threshold)}: DVC can hold it from now on"
        chosen: DataKind = choice if choice in options else "git"
        return DataAdvice(path, "git", reason, size, files, "git", large, options, chosen)
    to, reason = _for_new(place, size, ground.threshold)
    belongs: DataKind | None = to if to == "dvc" or to == "git" else None
    if belongs is not None and belongs not in options:
        reason = f"{reason}, but DVC cannot hold this name"
    return DataAdvice(path, to, reason, size, files, None, False, options, choice if choice in options else belongs)


def _is_data(place: Path) -> bool:
    return not place.is_dir() or _for_folder(place)[0] == "dvc"


def measure(place: Path) -> tuple[int, int]:
    """Size in bytes and number of files at or below a place; links are not followed."""
    if not place.is_dir() or place.is_symlink():
        return (place.lstat().st_size, 1) if os.path.lexists(place) else (0, 0)
    size = files = 0
    folders = [os.fspath(place)]
    while folders:
        with contextlib.suppress(OSError), os.scandir(folders.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(entry.path)
                else:
                    size, files = size + entry.stat(follow_symlinks=False).st_size, files + 1
    return size, files


def size_text(size: float) -> str:
    """``10.0 MB``: as plans and reasons tell it."""
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "B" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


def _tracked(ground: Ground, path: str) -> DataKind | None:
    places = [path, *folders_of(path)]
    if any((ground.root / (place + SUFFIX)).is_file() for place in places):
        return "dvc"
    return "git" if any(name == path or not name.endswith(SUFFIX) for name in _held_at(ground, path)) else None


def _held_at(ground: Ground, path: str) -> list[str]:
    if path in ground.in_git:
        return [path]
    return [name for name in ground.in_git if name.startswith(f"{path}/")]


def _why_impossible(ground: Ground, path: str) -> str | None:
    place = ground.root / path
    if not os.path.lexists(place):
        return "it does not exist"
    if path == "." or {".git", ".dvc"} & set(PurePosixPath(path).parts):
        return "it is the project itself"
    if not place.parent.resolve().is_relative_to(ground.root.resolve()):
        return "it lies outside of the project"
    if place.is_symlink() and not (ground.root / (path + SUFFIX)).is_file():  # DVC can link to its cache
        return "it is a symbolic link: version what it leads to"
    if not (stat.S_ISREG(place.stat().st_mode) or place.is_dir()):
        return "it is neither a file nor a folder"
    inside = [place, *(parent for parent in place.parents if parent.is_relative_to(ground.root))]
    if any(os.path.lexists(folder / ".git") for folder in inside if folder != ground.root):
        return "it lies in another repository"
    return None


def _for_new(place: Path, size: int, threshold: int) -> tuple[AdviceTarget, str]:
    if place.name in _LEFT_BEHIND or place.suffix.lower() in _LEFT_BEHIND_SUFFIXES:
        return "ignore", "programs make it again"
    if size > threshold:
        return "dvc", f"it is over the threshold of {size_text(threshold)}"
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
