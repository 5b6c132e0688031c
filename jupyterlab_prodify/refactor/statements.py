"""Kinds of top-level statements."""

from __future__ import annotations

import ast


def is_bare_string(statement: ast.stmt) -> bool:
    """A string that stands alone, such as a docstring of the cell."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def only_definitions(statements: list[ast.stmt]) -> bool:
    """Do the statements do nothing but define?"""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return any(isinstance(s, kinds) for s in statements) and all(
        isinstance(s, kinds) or is_bare_string(s) for s in statements
    )
