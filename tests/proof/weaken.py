"""A plan with one parameter or one returned value taken away: it must break, or it was not needed."""

from __future__ import annotations

import ast
from dataclasses import replace

from jupyterlab_prodify.api.export import Plan
from tests.proof.exported import Exported
from tests.proof.reads import without_magics

DROPPED = "_dropped"


def without_param(exported: Exported, plan: Plan, name: str) -> Exported:
    """The function no longer gets ``name``: its parameter has another name, at the definition and in calls."""
    module = exported.files[plan.module]
    places = [
        (arg.lineno, arg.col_offset)
        for node in ast.walk(ast.parse(module))
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name == plan.function.name
        for arg in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        if arg.arg == name
    ]
    files = {**exported.files, plan.module: rename_at(module, places, name)}
    return replace(exported, files=files, cells=[_each_call(cell, plan, name) for cell in exported.cells])


def without_return(exported: Exported, plan: Plan, name: str) -> Exported:
    """The notebook no longer binds ``name`` to what the function returns."""
    cells = []
    for cell in exported.cells:
        tree = _tree(cell["source"])
        places = [
            (target.lineno, target.col_offset)
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and _calls(node.value, plan.function.name)
            for part in node.targets
            for target in ast.walk(part)
            if isinstance(target, ast.Name) and target.id == name
        ]
        cells.append({**cell, "source": rename_at(cell["source"], places, name)})
    return replace(exported, cells=cells)


def _each_call(cell: dict[str, str], plan: Plan, name: str) -> dict[str, str]:
    places = [
        (keyword.lineno, keyword.col_offset)
        for node in ast.walk(_tree(cell["source"]))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == plan.function.name
        for keyword in node.keywords
        if keyword.arg == name
    ]
    return {**cell, "source": rename_at(cell["source"], places, name)}


def _tree(source: str) -> ast.Module:
    try:
        return ast.parse(without_magics(source))
    except SyntaxError:
        return ast.Module([], [])


def _calls(value: ast.expr, function: str) -> bool:
    called = value.value if isinstance(value, ast.Await) else value
    return isinstance(called, ast.Call) and isinstance(called.func, ast.Name) and called.func.id == function


def rename_at(source: str, places: list[tuple[int, int]], name: str) -> str:
    """Put another name at each (line, byte) where ``name`` stands."""
    lines = source.splitlines(keepends=True)
    for line, column in sorted(places, reverse=True):
        data = lines[line - 1].encode()
        lines[line - 1] = (data[:column] + DROPPED.encode() + data[column + len(name.encode()) :]).decode()
    return "".join(lines)
