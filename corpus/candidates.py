"""Which cells hold logic: more than imports, magics, comments and definitions."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from jupyterlab_prodify.api.export import Cell
from jupyterlab_prodify.notebook.magics import Masked, mask, normalise_newlines

_NO_LOGIC = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Pass)


def candidates(cells: Sequence[Cell]) -> list[int]:
    """Positions of the code cells that hold logic. Text that is not Python counts as logic, a cell in another
    language does not."""
    return [index for index, cell in enumerate(cells) if cell.cell_type == "code" and holds_logic(cell.source)]


def holds_logic(source: str) -> bool:
    """Is there a statement that computes, shows or binds something?"""
    masked = mask(normalise_newlines(source))
    if not masked.is_python:
        return False
    try:
        body = compile(
            masked.text, "cell", "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True
        ).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return True
    return any(_is_logic(statement, masked) for statement in body)


def _is_logic(statement: ast.stmt, masked: Masked) -> bool:
    if isinstance(statement, _NO_LOGIC):
        return False
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return not isinstance(statement.value.value, str)
    return not any(magic.first <= statement.lineno <= magic.last for magic in masked.magics)
