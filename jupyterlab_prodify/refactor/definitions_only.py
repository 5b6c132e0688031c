"""A region that holds nothing but self-contained functions and classes: they move as they are, no call is needed."""

from __future__ import annotations

import ast

from jupyterlab_prodify.api.export import Param
from jupyterlab_prodify.refactor.function_text import FunctionText
from jupyterlab_prodify.refactor.moved_definitions import Moved
from jupyterlab_prodify.refactor.region import Region, end_line, start_line
from jupyterlab_prodify.refactor.roles import Roles


def describe(moved: Moved, region: Region, roles: Roles) -> FunctionText:
    """The definition as the function of the plan; parameters are those of its signature."""
    node = ast.parse(moved.source).body[-1]
    params = _params(node.args) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else []
    docstring = None
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        docstring = ast.get_docstring(node)
    kept = [line for h in roles.hoisted for line in _lines(region, h)]
    shown = _lines(region, roles.display.statement) if roles.display is not None else []
    is_async = isinstance(node, ast.AsyncFunctionDef)
    return FunctionText(moved.source, params, [], is_async, docstring, kept, "\n".join(shown), None)


def _lines(region: Region, node: ast.stmt) -> list[str]:
    cell_id, first = region.place(start_line(node))
    _, last = region.place(end_line(node))
    cell = next(cell for cell in region.cells if cell.cell.id == cell_id)
    return cell.lines[first - 1 : last]


def _params(args: ast.arguments) -> list[Param]:
    plain = [*args.posonlyargs, *args.args]
    defaults: list[ast.expr | None] = [None] * (len(plain) - len(args.defaults)) + list(args.defaults)
    pairs = [
        *zip(plain, defaults, strict=True),
        *zip(args.kwonlyargs, args.kw_defaults, strict=True),
    ]
    return [
        Param(
            name=arg.arg,
            source=arg.arg,
            default=ast.unparse(default) if default is not None else None,
            annotation=ast.unparse(arg.annotation) if arg.annotation is not None else None,
        )
        for arg, default in pairs
    ]
