"""The name under which a notebook imports a file, and what that needs."""

from __future__ import annotations

import json
import keyword
import os
from dataclasses import dataclass
from pathlib import Path

from jupyterlab_prodify.project.errors import ModuleNameError
from jupyterlab_prodify.project.layout import Project, hides_other


@dataclass(frozen=True)
class ModulePlace:
    """How a notebook reaches a module. ``folder`` must be on ``sys.path``; the notebook's own folder always is."""

    import_name: str
    folder: Path
    beside: bool


def place_of(module: Path, notebook: Path, project: Project) -> ModulePlace:
    """The dotted name and the folder that must be on ``sys.path``.

    Raises:
        ModuleNameError: the name cannot be imported, or would hide another module.
    """
    folder = notebook.parent.resolve()
    base = _base(module, folder, project)
    parts = _parts(module, base)
    if not all(_can_be_imported(part) for part in parts[:-1]):
        base, parts = module.parent, parts[-1:]
    _check_name(parts[-1], module)
    if len(parts) == 1 and hides_other(module):
        raise ModuleNameError(
            f"A new `{module.name}` would hide the module `{parts[0]}` that can already be imported.",
            module.name,
            "Choose another name.",
        )
    return ModulePlace(".".join(parts), base, base == folder)


def _base(module: Path, folder: Path, project: Project) -> Path:
    """The folder from which the name counts."""
    source_root, src = project.source_root, project.root / "src"
    if source_root is not None and project.package_folder is not None and module.is_relative_to(project.package_folder):
        return source_root
    if module.parent == folder:
        return folder
    if module.is_relative_to(src) and not (src / "__init__.py").exists():
        near = module.parent == src and module.is_relative_to(folder)
        return folder if near else src
    if module.is_relative_to(folder):
        return folder
    if (module.parent / "__init__.py").exists():
        return _above_packages(module.parent, project.root)
    return project.root if module.is_relative_to(project.root) else module.parent


def _above_packages(folder: Path, root: Path) -> Path:
    while folder != root and (folder / "__init__.py").exists():
        folder = folder.parent
    return folder


def _parts(module: Path, base: Path) -> list[str]:
    parts = [*module.parent.relative_to(base).parts, *([] if module.stem == "__init__" else [module.stem])]
    return parts or [module.stem]


def _can_be_imported(part: str) -> bool:
    return part.isidentifier() and not keyword.iskeyword(part)


def _check_name(name: str, module: Path) -> None:
    if not _can_be_imported(name):
        raise ModuleNameError(
            f"`{name}` cannot be the name of a module.", module.name, "Use letters, digits and underscores."
        )
    if name in ("__init__", "__main__"):
        raise ModuleNameError(f"`{module.name}` cannot be imported by this name.", module.name, "Choose a module.")


def path_line(place: ModulePlace, notebook: Path) -> str:
    """The statement that puts the module's folder on ``sys.path`` of a kernel started in the notebook's folder."""
    relative = os.path.relpath(place.folder, notebook.parent.resolve()).replace(os.sep, "/")
    return f"import sys; sys.path.insert(0, {json.dumps(relative, ensure_ascii=False)})"


def missing_package_files(module: Path, place: ModulePlace) -> list[Path]:
    """``__init__.py`` files for package folders that do not exist yet, the outer ones first."""
    found: list[Path] = []
    folder = module.parent
    while folder != place.folder and not folder.exists():
        found.append(folder / "__init__.py")
        folder = folder.parent
    return [path for path in reversed(found) if path != module]
