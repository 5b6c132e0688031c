"""Kinds of top-level statements."""

from __future__ import annotations

import ast

from jupyterlab_prodify.notebook.defining import defined_name


def is_bare_string(statement: ast.stmt) -> bool:
    """A string that stands alone, such as a docstring of the cell."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def only_definitions(statements: list[ast.stmt]) -> bool:
    """Do the statements do nothing but define?"""
    return any(defined_name(s) for s in statements) and all(defined_name(s) or is_bare_string(s) for s in statements)
