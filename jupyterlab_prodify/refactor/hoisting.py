"""Imports at the top level of the exported code: they go to the module, and stay in the notebook."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable

from jupyterlab_prodify.notebook.bindings import BOUND, ImportTarget
from jupyterlab_prodify.notebook.flow import analyse_statements
from jupyterlab_prodify.notebook.import_signs import is_standard, signs_of
from jupyterlab_prodify.notebook.magics import Masked
from jupyterlab_prodify.refactor.moved_definitions import compatible


def hoistable(
    statements: list[ast.stmt], is_installed: Callable[[str], bool] = is_standard
) -> list[ast.Import | ast.ImportFrom]:
    """Imports at the top level of the region whose names nothing else in it binds.

    One that can only be done after statements before it, or that could fail after they have shown something, stays.
    """
    flow = analyse_statements(statements)
    at_top = Counter(name for statement in statements for name in _imported_names(statement))
    found: list[ast.Import | ast.ImportFrom] = []
    for place, statement in enumerate(statements):
        if isinstance(statement, ast.Import | ast.ImportFrom) and not any(a.name == "*" for a in statement.names):
            if _depends_on(statements[:place], statement, is_installed):
                continue
            names = _imported_names(statement)
            targets = [{binding.target for binding in flow.bindings.get(name, ())} for name in names]
            alone = all(None not in found_ and _one_object(found_) for found_ in targets)
            kept = all(flow.final.get(name) == BOUND for name in names)
            # An import further in would make the name local to the function.
            only_here = all(len(flow.bindings.get(name, ())) == at_top[name] for name in names)
            if alone and kept and only_here:
                found.append(statement)
    return found


def _depends_on(before: list[ast.stmt], node: ast.Import | ast.ImportFrom, is_installed: Callable[[str], bool]) -> bool:
    """Must the import stay behind these statements?"""
    modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
    unsure = [module for module in modules if not is_standard(module)]
    if unsure and any(signs_of(Masked(""), statement).lines for statement in before):
        return True
    return any(not is_installed(module) for module in unsure) and any(map(_may_show, before))


def _may_show(statement: ast.stmt) -> bool:
    """A call for its effect, outside of definitions."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return False
    return any(isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) for node in ast.walk(statement))


def _imported_names(statement: ast.stmt) -> list[str]:
    if not isinstance(statement, ast.Import | ast.ImportFrom):
        return []
    return [alias.asname or alias.name.split(".")[0] for alias in statement.names]


def _one_object(targets: set[ImportTarget | None]) -> bool:
    return compatible([target for target in targets if target is not None])


def hoists(hoisted: list[ast.Import | ast.ImportFrom], name: str) -> bool:
    """Is this name bound by one of these imports?"""
    return any((a.asname or a.name.split(".")[0]) == name for node in hoisted for a in node.names)
