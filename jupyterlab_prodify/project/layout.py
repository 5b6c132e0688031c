"""The project around a notebook: its root, its package, its modules, and how the notebook imports them."""

from __future__ import annotations

import keyword
import os
import re
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from jupyterlab_prodify.project.errors import ForbiddenPathError

_NOT_PACKAGES = frozenset(
    {"tests", "test", "docs", "doc", "notebooks", "build", "dist", "data", "scripts", "node_modules"}
)
_MOST_MODULES = 500


@dataclass(frozen=True)
class Project:
    """Where things are. ``package_folder`` is None in a project without a package; ``source_root`` is the folder that
    must be on ``sys.path`` for the package to be found."""

    root: Path
    kind: Literal["git", "folder"]
    package: str | None = None
    package_folder: Path | None = None

    @property
    def name(self) -> str:
        return self.root.name

    @property
    def source_root(self) -> Path | None:
        if self.package is None or self.package_folder is None:
            return None
        return self.package_folder.parents[self.package.count(".")]

    @property
    def installable(self) -> bool:
        return (self.root / "pyproject.toml").is_file() or (self.root / "setup.py").is_file()


def find_project(notebook: Path, ceiling: Path) -> Project:
    """The project of a notebook: the Git repository that holds it, else the nearest folder with a ``pyproject.toml``,
    else its own folder. Nothing above ``ceiling`` is looked at."""
    folder = notebook.resolve().parent
    top = ceiling.resolve()
    above = [parent for parent in [folder, *folder.parents] if parent == top or parent.is_relative_to(top)]
    # In worktrees and submodules `.git` is a file.
    for parent in above:
        if (parent / ".git").exists():
            return _with_package(parent, "git")
    for parent in above:
        if (parent / "pyproject.toml").is_file():
            return _with_package(parent, "folder")
    return Project(folder, "folder")


def _with_package(root: Path, kind: Literal["git", "folder"]) -> Project:
    configured = _configured_package(root)
    if configured:
        for base in (root / "src", root):
            folder = base.joinpath(*configured.split("."))
            if folder.is_dir() or (base.name == "src" and base.is_dir()):
                return Project(root, kind, configured, folder)
        return Project(root, kind, configured, root.joinpath(*configured.split(".")))
    for base in (root / "src", root):
        for init in sorted(base.glob("*/__init__.py")):
            name = init.parent.name
            if name.isidentifier() and name not in _NOT_PACKAGES:
                return Project(root, kind, name, init.parent)
    return Project(root, kind)


def _configured_package(root: Path) -> str | None:
    """``[tool.prodify] package`` of ``pyproject.toml``."""
    try:
        data = _read_toml(root / "pyproject.toml")
    except (OSError, ValueError):
        return None
    package = data.get("tool", {}).get("prodify", {}).get("package")
    return package if isinstance(package, str) and all(part.isidentifier() for part in package.split(".")) else None


def _read_toml(path: Path) -> dict[str, Any]:
    text = path.read_text("utf-8")
    if sys.version_info >= (3, 11):
        import tomllib

        return tomllib.loads(text)
    import tomli  # type: ignore[import-not-found,unused-ignore]

    return dict(tomli.loads(text))


# -- modules ------------------------------------------------------------------------------------------------------


def suggested_module(notebook: Path, project: Project) -> Path:
    """The module that a notebook's functions go to: its stage in the package, else a module beside the notebook."""
    name = module_name(notebook.stem)
    folder = project.package_folder or notebook.resolve().parent
    return folder / f"{name}.py"


def module_name(stem: str) -> str:
    """``10_processing`` -> ``processing``; never a name that would hide a module of Python."""
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    name = re.sub(r"^[\d_]+", "", name) or "steps"
    if keyword.iskeyword(name) or name in sys.stdlib_module_names or _is_installed(name):
        name += "_steps"
    return name


def _is_installed(name: str) -> bool:
    from importlib.machinery import PathFinder

    paths = [path for path in sys.path if "site-packages" in path or "dist-packages" in path]
    return PathFinder.find_spec(name, paths) is not None


def existing_modules(project: Project, notebook: Path) -> list[Path]:
    """Modules of the package and modules beside the notebook, sorted."""
    found: set[Path] = set()
    if project.package_folder is not None and project.package_folder.is_dir():
        found.update(project.package_folder.rglob("*.py"))
    found.update(notebook.resolve().parent.glob("*.py"))
    kept = (path for path in found if path.name != "__init__.py" and "__pycache__" not in path.parts)
    return sorted(kept)[:_MOST_MODULES]


@dataclass(frozen=True)
class ModulePlace:
    """How a notebook reaches a module. ``folder`` must be on ``sys.path``; the notebook's own folder always is."""

    import_name: str
    folder: Path
    beside: bool


def place_of(module: Path, notebook: Path, project: Project) -> ModulePlace:
    """The dotted name and the folder that must be on ``sys.path``.

    Raises:
        ForbiddenPathError: a part of the path cannot be part of a module name.
    """
    folder = notebook.resolve().parent
    source_root = project.source_root
    if module.parent == folder:
        base = folder
    elif source_root is not None and module.is_relative_to(source_root):
        base = source_root
    elif module.is_relative_to(folder):
        base = folder
    elif module.is_relative_to(project.root / "src"):
        base = project.root / "src"
    else:
        base = project.root if module.is_relative_to(project.root) else module.parent
    parts = [*module.parent.relative_to(base).parts, *([] if module.stem == "__init__" else [module.stem])]
    for part in parts:
        if not part.isidentifier() or keyword.iskeyword(part):
            raise ForbiddenPathError(
                f"`{part}` cannot be part of a module's name.", module.name, "Use letters, digits and underscores."
            )
    return ModulePlace(".".join(parts) or module.parent.name, base, base == folder)


def path_line(place: ModulePlace, notebook: Path) -> str:
    """The statement that puts the module's folder on ``sys.path`` of a kernel started in the notebook's folder."""
    relative = os.path.relpath(place.folder, notebook.resolve().parent).replace(os.sep, "/")
    return f'import sys; sys.path.insert(0, "{relative}")'


def missing_package_files(module: Path, place: ModulePlace) -> list[Path]:
    """``__init__.py`` files for package folders that do not exist yet."""
    found: list[Path] = []
    folder = module.parent
    while folder != place.folder and not folder.exists():
        found.append(folder / "__init__.py")
        folder = folder.parent
    return list(reversed([path for path in found if path != module]))


def first_party_names(project: Project, notebook: Path) -> frozenset[str]:
    """Names of packages and modules that belong to the project."""
    names = {project.package.split(".")[0]} if project.package else set[str]()
    names.update(path.stem for path in notebook.resolve().parent.glob("*.py"))
    return frozenset(names)
