"""Imports at the top level of the exported code: they go to the module, and stay in the notebook."""

from __future__ import annotations

import ast
from collections import Counter

from jupyterlab_prodify.notebook.bindings import BOUND, ImportTarget
from jupyterlab_prodify.notebook.flow import analyse_statements
from jupyterlab_prodify.refactor.moved_definitions import compatible


def hoistable(statements: list[ast.stmt]) -> list[ast.Import | ast.ImportFrom]:
    """Imports at the top level of the region whose names nothing else in it binds."""
    flow = analyse_statements(statements)
    at_top = Counter(name for statement in statements for name in _imported_names(statement))
    found: list[ast.Import | ast.ImportFrom] = []
    for statement in statements:
        if isinstance(statement, ast.Import | ast.ImportFrom) and not any(a.name == "*" for a in statement.names):
            names = _imported_names(statement)
            targets = [{binding.target for binding in flow.bindings.get(name, ())} for name in names]
            alone = all(None not in found_ and _one_object(found_) for found_ in targets)
            kept = all(flow.final.get(name) == BOUND for name in names)
            # An import further in would make the name local to the function.
            only_here = all(len(flow.bindings.get(name, ())) == at_top[name] for name in names)
            if alone and kept and only_here:
                found.append(statement)
    return found


def _imported_names(statement: ast.stmt) -> list[str]:
    if not isinstance(statement, ast.Import | ast.ImportFrom):
        return []
    return [alias.asname or alias.name.split(".")[0] for alias in statement.names]


def _one_object(targets: set[ImportTarget | None]) -> bool:
    return compatible([target for target in targets if target is not None])


def hoists(hoisted: list[ast.Import | ast.ImportFrom], name: str) -> bool:
    """Is this name bound by one of these imports?"""
    return any((a.asname or a.name.split(".")[0]) == name for node in hoisted for a in node.names)
