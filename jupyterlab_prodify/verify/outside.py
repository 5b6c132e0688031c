"""Places beside or above the project that the cells name, such as ``"../data/raw.csv"``: they are copied too."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

#: ``"../data/raw.csv"``, ``f"../data/{year}.csv"``, ``"../data/*.csv"``, and ``".."`` alone
_NAMED = re.compile(r"""["'](\.\.(?:[/\\][^"'\n{}*?]*)?)["'{*?]""")
#: ``Path("..") / "data"`` and ``os.path.join("..", "data")``
_JOINED = re.compile(r"""["'](\.\.(?:[/\\]\.\.)*[/\\]?)["']\s*\)?\s*[/,]\s*["']([^"'\n{}*?]+)["'{*?]""")
_MOST_MODULES = 200


def places_outside(sources: Iterable[str], folder: Path, project: Path, ceiling: Path) -> list[Path]:
    """Existing files and folders outside of ``project`` that texts in the cells lead to from ``folder``.

    Only below ``ceiling``. Of a folder that holds the project, which could be everything a person has, only its Python
    modules and packages: cells put such a folder on ``sys.path``.
    """
    found: set[Path] = set()
    for source in sources:
        names = [*_NAMED.findall(source), *("/".join(parts) for parts in _JOINED.findall(source))]
        for name in names:
            path = _existing(folder, name)
            if path is not None and path.is_relative_to(ceiling):
                found.update(_modules(path, project) if project.is_relative_to(path) else [path])
    outside = {path for path in found if not path.is_relative_to(project) and not project.is_relative_to(path)}
    return sorted(path for path in outside if not any(other in path.parents for other in outside))


def _existing(folder: Path, name: str) -> Path | None:
    """Of a name that ends where a variable begins (``f"../data/{year}.csv"``) the folder."""
    path = Path(os.path.normpath(folder / name.replace("\\", "/")))
    return next((candidate for candidate in (path, path.parent) if candidate.exists()), None)


def _modules(folder: Path, project: Path) -> list[Path]:
    if folder == project or folder == Path(folder.anchor):
        return []
    found = [path for path in folder.iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()]
    return found if len(found) <= _MOST_MODULES else []
