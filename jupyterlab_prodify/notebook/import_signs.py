"""Signs that a notebook changes what its imports find: files of Python that it writes, the path, the folder, installs.

They are told from the text. A sign too many only moves an import down, so whatever names a ``.py`` file counts.
"""

from __future__ import annotations

import ast
import re
import sys
from dataclasses import dataclass

from jupyterlab_prodify.notebook.magics import Masked

_ENVIRONMENT = frozenset({("sys", "path"), ("os", "environ"), ("matplotlib", "use"), ("mpl", "use")})
_MOVES = frozenset({("os", "chdir"), ("sys", "modules"), ("sys", "meta_path"), ("site", "addsitedir")})
_INSTALLS = re.compile(r"\bpip\b|\bconda\b")
_FILE = re.compile(r"\.py\b")
_FETCHES = re.compile(r"\b(?:git\s+clone|wget|curl|unzip|tar)\b")
_GOES = frozenset({"cd", "pushd", "popd"})
_WITHOUT_FILES = frozenset({"run", "load", "pycat", "pfile", "time", "timeit", "prun"})


@dataclass(frozen=True)
class ImportSigns:
    """``lines`` after which imports may find something else; in ``writes`` files of Python are written. ``changed``
    are attributes that are set on a name, as ``name.attribute``."""

    lines: tuple[int, ...] = ()
    writes: bool = False
    changed: frozenset[str] = frozenset()


def signs_of(masked: Masked, tree: ast.AST) -> ImportSigns:
    """The signs in a piece of a notebook."""
    lines: list[int] = []
    writes = False
    for magic in masked.magics:
        writing = magic.name not in _WITHOUT_FILES and magic.kind != "help" and bool(_FILE.search(magic.text))
        writes = writes or writing
        fetching = magic.kind in ("shell", "assign") or magic.name in ("bash", "sh", "sx", "system", "script")
        changing = magic.name in _GOES or _INSTALLS.search(magic.text) or (fetching and _FETCHES.search(magic.text))
        if writing or changing:
            lines.append(magic.first)
    found, in_code = _in_code(tree)
    return ImportSigns(tuple(lines + found), writes or in_code, frozenset(_changed(tree)))


def _in_code(tree: ast.AST) -> tuple[list[int], bool]:
    lines: list[int] = []
    writes = False
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            pair = (getattr(node.value, "id", ""), node.attr)
            if pair in _ENVIRONMENT or pair in _MOVES:
                lines.append(node.lineno)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and _FILE.search(node.value):
            lines.append(node.lineno)
            writes = True
    return lines, writes


def _changed(tree: ast.AST) -> list[str]:
    nodes = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store))
    return [f"{node.value.id}.{node.attr}" for node in nodes if isinstance(node.value, ast.Name)]


def is_standard(module: str) -> bool:
    """Does the module belong to Python itself, so that nothing in a notebook changes what it is?"""
    return module.split(".")[0] in sys.stdlib_module_names
