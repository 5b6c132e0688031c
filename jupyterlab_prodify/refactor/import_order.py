"""The order of import statements that isort's default profile gives."""

from __future__ import annotations

import sys

from jupyterlab_prodify.notebook.bindings import ImportTarget


def section(target: ImportTarget, first_party: frozenset[str]) -> int:
    """0 future, 1 standard library, 2 third party, 3 first party, 4 relative."""
    root = target.module.split(".")[0]
    if target.module == "__future__":
        return 0
    if target.level:
        return 4
    if root in sys.stdlib_module_names:
        return 1
    return 3 if root in first_party else 2


def statement_key(target: ImportTarget, first_party: frozenset[str]) -> tuple[int, int, int, str]:
    """Sorts statements: by section, plain imports before ``from`` imports, more dots first, then by module."""
    return section(target, first_party), int(target.attribute is not None), -target.level, target.module.lower()


def name_key(name: str) -> tuple[int, str]:
    """Sorts the names of one ``from`` import: constants, classes, the rest."""
    bare = name.split(" as ")[0]
    if bare.isupper() and len(bare) > 1:
        return 0, bare
    return (1, bare) if bare[:1].isupper() else (2, bare)
