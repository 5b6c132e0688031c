"""``from module import *``: the names that it gives are looked up, and the analysis sees them written out.

The notebook keeps its ``*``; the module imports the names that the code uses. ``%pylab`` is read as the imports that
it stands for (IPython ``core/pylabtools.py``, ``import_pylab``).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from jupyterlab_prodify.api.export import Cell
from jupyterlab_prodify.notebook.magics import mask
from jupyterlab_prodify.refactor.views import with_sources

StarNames = Mapping[str, Sequence[str]]
"""The names that ``from module import *`` binds, by module; relative modules begin with dots."""

_WORD = re.compile(r"[^\W\d]\w*")
#: A backslash may break the line before the star.
_MAY_HOLD_ONE = re.compile(r"\bimport\b[\s\\]*\*|%pylab\b")
_PYLAB = re.compile(r"%pylab\b[^\n]*")
_PYLAB_FIXED = (
    "import numpy; import matplotlib; from matplotlib import pylab, mlab, pyplot; import numpy as np; "
    "from matplotlib import pyplot as plt"
)
_PYLAB_STARS = ("pylab", "numpy")
_PYLAB_NAMES = frozenset({"numpy", "matplotlib", "pylab", "mlab", "pyplot", "np", "plt"})


@dataclass(frozen=True)
class _Star:
    """One import in a cell: its text, and the modules whose names it gives. ``start`` and ``end`` are positions in the
    text of the cell."""

    start: int
    end: int
    modules: tuple[str, ...]
    fixed: str = ""


@dataclass
class StarView:
    """The cells with every known ``*`` written out; ``restore`` puts the ``*`` back into a text of a cell."""

    cells: list[Cell]
    written: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def restore(self, cell_id: str, text: str) -> str:
        """The text with the person's own imports in the place of those that were written out."""
        for explicit, own in self.written.get(cell_id, ()):
            text = text.replace(explicit, own, 1)
        return text


def star_modules(cells: Sequence[Cell]) -> list[str]:
    """The modules of which the notebook imports ``*``, each once, in order."""
    found: dict[str, None] = {}
    for cell in _code(cells):
        for star in _stars(cell.source):
            found.update(dict.fromkeys(star.modules))
    return list(found)


def write_out(cells: Sequence[Cell], names: StarNames, selected: Collection[str] = ()) -> StarView:
    """The view of the cells for the analysis. Imports of modules that ``names`` does not know stay as they are, and so
    does ``%pylab`` in a selected cell, where it is a magic and no import."""
    known = [
        (cell, star)
        for cell in _code(cells)
        for star in _stars(cell.source)
        if set(star.modules) <= set(names) and not (star.fixed and cell.id in selected)
    ]
    if not known:
        return StarView(list(cells))
    used = {word for cell in cells if cell.cell_type == "code" for word in _WORD.findall(cell.source)}
    view = StarView([])
    sources: dict[str, str] = {}
    # From the end, so that the positions before stay right.
    for cell, star in reversed(known):
        text = sources.get(cell.id, cell.source)
        explicit = _explicit(star, used, names)
        if explicit in text:
            # A comment or a string reads the same: the way back would not be sure.
            continue
        sources[cell.id] = text[: star.start] + explicit + text[star.end :]
        view.written.setdefault(cell.id, []).insert(0, (explicit, text[star.start : star.end]))
    view.cells = with_sources(cells, sources)
    return view


def _explicit(star: _Star, used: set[str], names: StarNames) -> str:
    """The import with names in the place of ``*``; a name that several modules give is that of the last one."""
    wanted = used - _PYLAB_NAMES if star.fixed else used
    owner = {name: module for module in star.modules for name in names[module] if name in wanted}
    parts = [star.fixed] if star.fixed else []
    for module in star.modules:
        mine = sorted(name for name, giver in owner.items() if giver == module)
        if mine:
            parts.append(f"from {module} import {', '.join(mine)}")
        elif not star.fixed:
            # Nothing of it is used; it may still be needed for what its import does.
            parts.append(f"import {module}" if not module.startswith(".") else "pass")
    return "; ".join(parts)


def _code(cells: Sequence[Cell]) -> list[Cell]:
    return [cell for cell in cells if cell.cell_type == "code"]


@lru_cache(maxsize=20_000)
def _stars(source: str) -> tuple[_Star, ...]:
    """The imports of ``*`` in a cell, in order."""
    if not _MAY_HOLD_ONE.search(source) or re.search(r"\r(?!\n)", source):
        return ()
    masked = mask(source)
    try:
        tree = ast.parse(masked.text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ()
    lines = source.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found = [
        _Star(_position(node.lineno, node.col_offset, lines, starts), _end(node, lines, starts), (_module(node),))
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]
    found += [star for magic in masked.magics for star in _pylab(magic.first, magic.text, lines, starts)]
    return tuple(sorted(found, key=lambda star: star.start))


def _pylab(line: int, text: str, lines: list[str], starts: list[int]) -> list[_Star]:
    match = _PYLAB.match(lines[line - 1].rstrip("\r"))
    if match is None or "--no-import-all" in text:
        return []
    return [_Star(starts[line - 1], starts[line - 1] + match.end(), _PYLAB_STARS, _PYLAB_FIXED)]


def _module(node: ast.ImportFrom) -> str:
    return "." * node.level + (node.module or "")


def _end(node: ast.ImportFrom, lines: list[str], starts: list[int]) -> int:
    return _position(node.end_lineno or node.lineno, node.end_col_offset or 0, lines, starts)


def _position(line: int, column: int, lines: list[str], starts: list[int]) -> int:
    """Position in the text of a line and a column in bytes."""
    return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())
