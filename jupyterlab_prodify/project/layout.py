"""The project around a notebook: its root, its package, its modules, and the module suggested for a notebook."""

from __future__ import annotations

import keyword
import re
import sys
import unicodedata
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

_NOT_PACKAGES = frozenset(
    {
        "build",
        "data",
        "dist",
        "doc",
        "docs",
        "examples",
        "models",
        "node_modules",
        "notebooks",
        "reports",
        "scripts",
        "test",
        "tests",
    }
)
_NOT_TARGETS = frozenset({"__init__.py", "__main__.py", "conftest.py", "noxfile.py", "setup.py"})
_MOST_MODULES = 500
_MOST_ENTRIES = 20_000
_MOST_ENTRIES_BESIDE = 2_000


@dataclass(frozen=True)
class Project:
    """Where things are. ``package_folder`` is None in a project without a package; it need not exist yet."""

    root: Path
    kind: Literal["git", "folder"]
    package: str | None = None
    package_folder: Path | None = None
    installable: bool = False
    """It has what an editable install needs."""

    @property
    def name(self) -> str:
        return self.root.name

    @property
    def source_root(self) -> Path | None:
        """The folder that must be on ``sys.path`` for the package to be found."""
        if self.package is None or self.package_folder is None:
            return None
        return self.package_folder.parents[self.package.count(".")]


def find_project(notebook: Path, ceiling: Path) -> Project:
    """The project of a notebook: the Git repository that holds it, else the nearest folder with a ``pyproject.toml``,
    else its own folder. Nothing above ``ceiling`` is looked at."""
    folder, top = notebook.parent.resolve(), ceiling.resolve()
    above = [parent for parent in [folder, *folder.parents] if parent.is_relative_to(top)]
    for parent in above:
        if _is_repository(parent / ".git"):
            return _describe(parent, "git")
    for parent in above:
        if (parent / "pyproject.toml").is_file():
            return _describe(parent, "folder")
    return Project(folder, "folder")


def _is_repository(entry: Path) -> bool:
    """A folder of Git's own, or the file that takes its place in worktrees and submodules."""
    if entry.is_dir():
        return (entry / "HEAD").exists()
    try:
        return entry.read_bytes()[:7] == b"gitdir:"
    except OSError:
        return False


def _describe(root: Path, kind: Literal["git", "folder"]) -> Project:
    settings = _read_toml(root / "pyproject.toml")
    package = _configured_package(root, settings) or _detected_package(root, settings)
    installable = bool({"project", "build-system"} & settings.keys()) or (root / "setup.py").is_file()
    name, folder = package or (None, None)
    return Project(root, kind, name, folder, installable)


def _read_toml(path: Path) -> dict[str, Any]:
    """The file's content; nothing when there is no such file, or none that can be read."""
    try:
        text = path.read_text("utf-8")
        if sys.version_info >= (3, 11):
            import tomllib

            return tomllib.loads(text)
        import tomli  # type: ignore[import-not-found,unused-ignore]

        return dict(tomli.loads(text))
    except (OSError, ValueError):
        return {}


def own_settings(root: Path) -> dict[str, Any]:
    """``[tool.prodify]`` of the project's ``pyproject.toml``."""
    return _table(_read_toml(root / "pyproject.toml"), "tool", "prodify")


def _table(settings: dict[str, Any], *names: str) -> dict[str, Any]:
    for name in names:
        inner = settings.get(name)
        settings = inner if isinstance(inner, dict) else {}
    return settings


# -- the package --------------------------------------------------------------------------------------------------


def _configured_package(root: Path, settings: dict[str, Any]) -> tuple[str, Path] | None:
    """``[tool.prodify] package`` of ``pyproject.toml``: a dotted name, found below ``src`` or in the root."""
    name = _table(settings, "tool", "prodify").get("package")
    if not isinstance(name, str) or not all(_can_be_imported(part) for part in name.split(".")):
        return None
    inside = name.split(".")
    bases = [base for base in (root / "src", root) if base.joinpath(*inside).is_dir()]
    base = bases[0] if bases else root / "src" if (root / "src").is_dir() else root
    return name, base.joinpath(*inside)


def _detected_package(root: Path, settings: dict[str, Any]) -> tuple[str, Path] | None:
    """The package below ``src``, else one in the root; of several the one that is called like the project."""
    wanted = {_normal(root.name), _normal(str(_table(settings, "project").get("name", "")))}
    for base in (root / "src", root):
        if base != root and (base / "__init__.py").exists():
            continue
        found = sorted(init.parent for init in base.glob("*/__init__.py") if _is_package_name(init.parent.name))
        if found:
            best = next((folder for folder in found if _normal(folder.name) in wanted), found[0])
            return best.name, best
    return None


def _is_package_name(name: str) -> bool:
    return _can_be_imported(name) and name.lower() not in _NOT_PACKAGES


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "_", name).lower()


def _can_be_imported(part: str) -> bool:
    return part.isidentifier() and not keyword.iskeyword(part)


# -- modules ------------------------------------------------------------------------------------------------------


def suggested_module(notebook: Path, project: Project, taken: Collection[str] = ()) -> Path:
    """The module that a notebook's functions go to: its stage in the package, else a module beside the notebook.

    A new module has none of the names in ``taken`` (what the notebook itself imports) and hides nothing that can be
    imported; one that stands there already is what the notebook imports under its name.
    """
    name = module_name(notebook.stem)
    if project.package_folder is not None:
        return project.package_folder / f"{name}.py"
    folder = notebook.parent
    while not (folder / f"{name}.py").exists() and (name in taken or hides_other(folder / f"{name}.py")):
        name += "_steps"
    return folder / f"{name}.py"


def module_name(stem: str) -> str:
    """``10_processing`` -> ``processing``"""
    plain = unicodedata.normalize("NFKD", stem.casefold()).encode("ascii", "ignore").decode()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    name = re.sub(r"^[\d_]+", "", name) or "steps"
    return f"{name}_steps" if keyword.iskeyword(name) else name


def hides_other(module: Path) -> bool:
    """A module of this name beside a notebook would be found in place of a module of Python or of an installed
    package (which breaks whatever imports that), or would not be found for the package of the same name beside it."""
    name = module.stem
    if name == "__init__" or module.exists():
        return False
    beside = module.with_suffix("") / "__init__.py"
    return name in sys.stdlib_module_names or beside.exists() or _is_installed(name)


def _is_installed(name: str) -> bool:
    from importlib.machinery import PathFinder

    paths = [path for path in sys.path if "site-packages" in path or "dist-packages" in path]
    spec = PathFinder.find_spec(name, paths)
    # A folder without ``__init__.py`` (some packages leave ``tests`` or ``examples`` there) is nobody's module.
    return spec is not None and spec.origin is not None


def existing_modules(project: Project, notebook: Path) -> list[Path]:
    """Modules of the package and modules beside the notebook, without a package also those below it; sorted."""
    found = {path for path in notebook.parent.glob("*.py") if path.is_file()}
    if project.package_folder is not None:
        found.update(_python_files(project.package_folder, _MOST_ENTRIES))
    else:
        found.update(_python_files(notebook.parent, _MOST_ENTRIES_BESIDE))
    return sorted(path for path in found if path.name not in _NOT_TARGETS and not path.name.startswith("."))[
        :_MOST_MODULES
    ]


def _python_files(folder: Path, most: int) -> Iterator[Path]:
    """Python files in folders that can be packages, the upper ones first; looks at ``most`` entries."""
    waiting = deque([folder])
    while waiting:
        try:
            entries = sorted(waiting.popleft().iterdir())
        except OSError:
            continue
        for entry in entries:
            most -= 1
            if most < 0:
                return
            if entry.suffix == ".py" and entry.is_file():
                yield entry
            elif _is_package_folder(entry):
                waiting.append(entry)


def _is_package_folder(entry: Path) -> bool:
    if not _can_be_imported(entry.name) or entry.name == "__pycache__":
        return False
    return entry.is_dir() and not entry.is_symlink()


def first_party_names(project: Project, notebook: Path) -> frozenset[str]:
    """Names of packages and modules that belong to the project."""
    names = {project.package.split(".")[0]} if project.package else set[str]()
    for folder in {notebook.parent, project.source_root or project.root}:
        names.update(path.stem for path in folder.glob("*.py"))
        names.update(init.parent.name for init in folder.glob("*/__init__.py"))
    return frozenset(names)
