"""Check our own output before anybody sees it.

What we emit parses; the function holds the original statements unchanged, apart from what the plan says; the module
keeps every statement that it had; and writing the same function again changes nothing.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Iterable

from jupyterlab_prodify.notebook.defining import defined_name
from jupyterlab_prodify.refactor.display import is_none_valued
from jupyterlab_prodify.refactor.refusals import RefusalError
from jupyterlab_prodify.refactor.region import LINE_BASE, Region
from jupyterlab_prodify.refactor.roles import Roles
from jupyterlab_prodify.refactor.type_blocks import GUARD_NAME, is_type_block


def check_function(source: str, region: Region, roles: Roles, shown: str = "shown") -> None:
    """The function's statements are those of the region, each once and in order, and a few that the plan adds.

    Raises:
        RefusalError: they differ; this is a fault of ours, and nothing is written.
    """
    function = _parse(source).body[-1]
    assert isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
    wanted = list(_expected(region, roles))
    position = 0
    for index, node in enumerate(function.body):
        if position < len(wanted) and ast.dump(node) == ast.dump(wanted[position]):
            position += 1
        elif not _is_ours(node, index, roles, shown):
            raise _fault(f"`{ast.unparse(node).splitlines()[0]}` would be added")
    if position < len(wanted):
        raise _fault(f"the statement at line {wanted[position].lineno % LINE_BASE} would change")


def _is_ours(node: ast.stmt, index: int, roles: Roles, shown: str) -> bool:
    """Statements that the plan adds: docstring, local imports, ``x = None``, showing and returning."""
    if isinstance(node, ast.Return | ast.Import | ast.ImportFrom | ast.Pass):
        return True
    if isinstance(node, ast.Assign):
        names = {target.id for target in node.targets if isinstance(target, ast.Name)}
        none = isinstance(node.value, ast.Constant) and node.value.value is None
        return names == {shown} or (none and names <= set(roles.set_to_none))
    if isinstance(node, ast.If):
        return shown in {child.id for child in ast.walk(node.test) if isinstance(child, ast.Name)}
    if isinstance(node, ast.Expr):
        is_docstring = index == 0 and isinstance(node.value, ast.Constant)
        return is_docstring or ast.unparse(node) in (f"display({shown})", "plt.show()")
    return False


def _expected(region: Region, roles: Roles) -> Iterable[ast.stmt]:
    """The statements that must be found in the function as they are, in this order."""
    kept_out = {id(node) for node in roles.hoisted}
    if roles.display is not None:
        kept_out.add(id(roles.display.statement))
    last = {
        id(shown)
        for cell in region.cells[:-1]
        if cell.shows_last and isinstance(shown := cell.statements[-1], ast.Expr) and not is_none_valued(shown.value)
    }
    for statement in region.statements:
        if id(statement) in kept_out | last or defined_name(statement) in roles.lifted:
            continue
        yield statement


def check_module(before: str | None, after: str) -> None:
    """Every statement of the module is still there, in order, and every name is still imported from where it was.

    Raises:
        RefusalError: one would change, or Python would not accept the module; this is a fault of ours, and nothing
            is written.
    """
    old, new = _parse(before or ""), _parse(after)
    position = 0
    dumps = [ast.dump(node) for node in new.body]
    for node in old.body:
        if isinstance(node, ast.ImportFrom) or is_type_block(node):
            continue
        try:
            position = dumps.index(ast.dump(node), position) + 1
        except ValueError:
            raise _fault(f"line {node.lineno} of the module would change") from None
    lost = _imported(old.body) - _imported(new.body)
    if not any(isinstance(node, ast.Name) and node.id == GUARD_NAME for node in ast.walk(new)):
        lost = {one for one in lost if one[1] != GUARD_NAME}
    if lost:
        raise _fault(f"the module would no longer import {sorted(lost)[0][1]}")
    _check_type_blocks(old, new)


def _check_type_blocks(old: ast.Module, new: ast.Module) -> None:
    """What was imported for type checkers is still imported for them, or at run time; the rest of the blocks stays."""
    before = [node for block in old.body if is_type_block(block) for node in (*block.body, *block.orelse)]
    after = [node for block in new.body if is_type_block(block) for node in (*block.body, *block.orelse)]
    lost = _imported(before, plain=True) - _imported([*after, *new.body], plain=True)
    if lost:
        raise _fault(f"the module would no longer import {sorted(lost)[0][1]} for its annotations")
    kept = {ast.dump(node) for node in after}
    for node in before:
        if not isinstance(node, ast.Import | ast.ImportFrom) and ast.dump(node) not in kept:
            raise _fault(f"line {node.lineno} of the module would change")


def _imported(body: Iterable[ast.stmt], plain: bool = False) -> set[tuple[str, str, str, int]]:
    """What the ``from`` imports bind; with ``plain`` also what the others do."""
    found = set()
    for node in body:
        if isinstance(node, ast.ImportFrom):
            found |= {(node.module or "", alias.name, alias.asname or "", node.level) for alias in node.names}
        elif plain and isinstance(node, ast.Import):
            found |= {("", alias.name, alias.asname or "", -1) for alias in node.names}
    return found


def _parse(source: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compile(source, "<module>", "exec", dont_inherit=True)
        return ast.parse(source)
    except (SyntaxError, ValueError) as error:
        raise _fault(f"the result is not valid Python ({error})") from error


def _fault(what: str) -> RefusalError:
    return RefusalError(
        "self_check",
        f"The export was stopped by its own check: {what}.",
        "Please report this cell; nothing was written.",
    )
