"""Check our own output before anybody sees it.

What we emit parses; the function holds the original statements unchanged, apart from what the plan says; the module
keeps every statement that it had; and writing the same function again changes nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from jupyterlab_prodify.refactor.refusals import RefusalError
from jupyterlab_prodify.refactor.region import Region
from jupyterlab_prodify.refactor.roles import Roles


def check_function(source: str, region: Region, roles: Roles) -> None:
    """Compare the function's statements with those of the region.

    Raises:
        RefusalError: they differ; this is a fault of ours, and nothing is written.
    """
    function = _parse(source).body[-1]
    assert isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
    emitted = [ast.dump(node) for node in function.body]
    position = 0
    for statement in _expected(region, roles):
        wanted = ast.dump(statement)
        while position < len(emitted) and emitted[position] != wanted:
            position += 1
        if position == len(emitted):
            raise _fault(f"the statement at line {statement.lineno} would change")
        position += 1


def _expected(region: Region, roles: Roles) -> Iterable[ast.stmt]:
    """The statements that must be found in the function as they are, in this order."""
    kept_out = {id(node) for node in roles.hoisted}
    if roles.display is not None:
        kept_out.add(id(roles.display.statement))
    last = {id(cell.statements[-1]) for cell in region.cells[:-1] if cell.statements and cell.shows_last}
    for statement in region.statements:
        if id(statement) in kept_out | last or getattr(statement, "name", None) in roles.lifted:
            continue
        yield statement


def check_module(before: str | None, after: str) -> None:
    """Every statement of the module but its imports is still there, in order.

    Raises:
        RefusalError: one would change; this is a fault of ours, and nothing is written.
    """
    new = [ast.dump(node) for node in _parse(after).body]
    position = 0
    for node in _parse(before or "").body:
        if isinstance(node, ast.ImportFrom):
            continue
        try:
            position = new.index(ast.dump(node), position) + 1
        except ValueError:
            raise _fault(f"line {node.lineno} of the module would change") from None


def _parse(source: str) -> ast.Module:
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError) as error:
        raise _fault(f"the result is not valid Python ({error})") from error


def _fault(what: str) -> RefusalError:
    return RefusalError(
        "self_check",
        f"The export was stopped by its own check: {what}.",
        "Please report this cell; nothing was written.",
    )
